/**
 * Block jobs of libvirt. A persistent domain is copied too, as a job that does not outlive a stop of the VM
 * (VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB, https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainBlockCopy).
 */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { EditDocument } from '../../../domain-xml/edit/tree'
import {
  isRpcError,
  typedParam,
  virDomainBlockCommitFlags as commitFlags,
  virDomainBlockCopyFlags as copyFlags,
  virDomainBlockJobAbortFlags as abortFlags,
  virDomainBlockJobSetSpeedFlags as speedFlags,
  virDomainBlockPullFlags as pullFlags,
  type DomainHandle,
} from '../../../libvirt-rpc/index'
import type { DiskJobSession } from '../../disk-job-session'
import { domainOf } from '../domain-handle'
import { changeTimeoutMs, type LibvirtHost } from '../host'
import { translated } from '../translated'
import { layersOf } from './layers'
import { diskElement, readDisk } from './read-disk'
import { readJobs } from './read-jobs'

const begin = { timeoutMs: changeTimeoutMs }
/** What is written meanwhile has to reach both images first. */
const endingMs = 10 * 60_000

/** `switched`: a VM has another image than before. */
export function diskJobsOf(host: LibvirtHost, switched: () => void): DiskJobSession {
  const { rpc, inventory } = host
  const dom = (vm: VmId): DomainHandle => domainOf(vm, inventory.nameOf(vm))
  return translated({
    jobs: (vm) => readJobs(host, vm),
    disk: (vm, target) => readDisk(host, vm, target),
    copy: async (vm, target, { path, format }, limit) => {
      await rpc.callJob(
        'DOMAIN_BLOCK_COPY',
        {
          dom: dom(vm),
          path: target,
          destxml: copyXml(path, format),
          params: limit === undefined ? [] : [typedParam('bandwidth', 'ullong', limit)],
          flags: copyFlags.VIR_DOMAIN_BLOCK_COPY_REUSE_EXT | copyFlags.VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB,
        },
        begin,
      )
    },
    flatten: async (vm, target, limit = 0) => {
      const flags = pullFlags.VIR_DOMAIN_BLOCK_PULL_BANDWIDTH_BYTES
      await rpc.callJob('DOMAIN_BLOCK_PULL', { dom: dom(vm), path: target, bandwidth: limit, flags }, begin)
    },
    merge: async (vm, target, layers, limit = 0) => {
      const all = layersOf(await diskElement(host, vm, target))
      const numbered = (place: string): string => {
        const layer = all.find((one) => one.place === place)
        if (!layer) {
          throw new AppError('invalid', `${target} is no longer built on ${place}`, {
            cure: 'Its layers have changed; look at them again.',
          })
        }
        return layer.index === undefined ? place : `${target}[${layer.index}]`
      }
      const isTop = all[0]?.place === layers.top
      await rpc.callJob(
        'DOMAIN_BLOCK_COMMIT',
        {
          dom: dom(vm),
          disk: target,
          base: numbered(layers.base),
          top: isTop ? null : numbered(layers.top),
          bandwidth: limit,
          flags:
            commitFlags.VIR_DOMAIN_BLOCK_COMMIT_BANDWIDTH_BYTES |
            (isTop ? commitFlags.VIR_DOMAIN_BLOCK_COMMIT_ACTIVE : 0),
        },
        begin,
      )
    },
    setLimit: async (vm, target, limit = 0) => {
      const flags = speedFlags.VIR_DOMAIN_BLOCK_JOB_SPEED_BANDWIDTH_BYTES
      await rpc.call(
        'DOMAIN_BLOCK_JOB_SET_SPEED',
        { dom: dom(vm), path: target, bandwidth: limit, flags },
        begin,
      )
    },
    end: async (vm, target, how) => {
      const flags = how === 'switch' ? abortFlags.VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT : 0
      try {
        await rpc.callJob(
          'DOMAIN_BLOCK_JOB_ABORT',
          { dom: dom(vm), path: target, flags },
          { timeoutMs: endingMs },
        )
      } catch (error) {
        if (isRpcError(error, 'VIR_ERR_BLOCK_COPY_ACTIVE') && how === 'switch') throw notEqualYet(error)
        throw error
      } finally {
        if (how === 'switch') switched()
      }
    },
  } satisfies DiskJobSession)
}

function notEqualYet(cause: Error): AppError {
  return new AppError('busy', 'Both images are not equal yet', {
    cure: 'Wait until the rest is copied, then switch.',
    detail: cause.message,
    cause,
  })
}

function copyXml(path: string, format: string): string {
  const { root } = EditDocument.parse("<disk type='file'><source file=''/><driver type=''/></disk>")
  root.find('source')?.setAttribute('file', path)
  root.find('driver')?.setAttribute('type', format)
  return root.toString()
}
