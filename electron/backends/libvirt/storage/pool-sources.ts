/** What a host finds to make pools of (https://libvirt.org/html/libvirt-libvirt-storage.html, virConnectFindStoragePoolSources). */
import { AppError } from '../../../../shared/errors'

import type { Values } from '../../../../shared/model/hardware/field'
import type { FoundSource } from '../../../../shared/model/storage/pool'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import { EditDocument, EditElement } from '../../../domain-xml/edit/tree'
import { parseXml } from '../../../domain-xml/document'
import { readPoolValues } from '../../../domain-xml/storage/pool-document'
import type { LibvirtHost } from '../host'
import { quick } from '../host-choices-sweep'
import { readNodeDevices } from '../node-devices'
import { RpcError, isUnsupported } from '../../../libvirt-rpc/index'
import { isSameSource } from './pool-same'

/** A server that does not answer is waited for by the host, not by us. */
const askMs = 15_000

export interface PoolValues {
  readonly name: string
  readonly values: Values
}

interface Question {
  readonly type: string
  readonly server?: string
  readonly initiator?: string
  /** As the host calls itself, so that it is known whether its files can be looked at. */
  readonly hostname: string
}

export async function findSources(
  host: LibvirtHost,
  question: Question,
  pools: readonly PoolValues[],
): Promise<FoundSource[]> {
  const found = await search(host, question)
  return found.map(({ label, values }) => {
    const user = pools.find((pool) => isSameSource(question.type, values, pool.values))?.name
    return { label, values, ...(user === undefined ? {} : { usedBy: user }) }
  })
}

interface Found {
  readonly label: string
  readonly values: Values
}

async function search(host: LibvirtHost, { type, server, initiator, hostname }: Question): Promise<Found[]> {
  switch (poolTypeOf(type)?.sources) {
    case undefined:
      throw new AppError('unsupported', 'The host cannot look for what a pool of this kind is made of', {
        cure: 'Enter it by hand.',
      })
    case 'devices':
      return devicesOf(host, hostname)
    case 'adapters':
      return adaptersOf(host, hostname)
    case 'host':
      return asked(host, type, null)
    case 'server':
      if (server === undefined || server === '')
        throw new AppError('invalid', 'Enter the server to ask', { field: 'server' })
      if (type === 'iscsi-direct' && (initiator === undefined || initiator === ''))
        throw new AppError('invalid', 'Enter the name by which the server is asked', { field: 'initiator' })
      return asked(host, type, specOf(server, initiator))
  }
}

function specOf(server: string, initiator: string | undefined): string {
  const source = EditDocument.parse('<source/>')
  source.root.insert(new EditElement('host')).setAttribute('name', server)
  if (initiator) {
    const iqn = source.root.insert(new EditElement('initiator')).insert(new EditElement('iqn'))
    iqn.setAttribute('name', initiator)
  }
  return source.toString()
}

async function asked({ rpc }: LibvirtHost, type: string, srcSpec: string | null): Promise<Found[]> {
  let xml: string
  try {
    ;({ xml } = await rpc.callJob(
      'CONNECT_FIND_STORAGE_POOL_SOURCES',
      { type, srcSpec, flags: 0 },
      { timeoutMs: askMs },
    ))
  } catch (error) {
    if (!(error instanceof RpcError) || isUnsupported(error)) throw error
    throw new AppError('invalid', 'The host found nothing', {
      cure:
        srcSpec === null
          ? 'The tool it looks with may be missing on the host: the details have its words.'
          : 'Check that the server is up and that the host reaches it; the tool it asks with may be missing on the host.',
      detail: error.message,
      ...(srcSpec === null ? {} : { field: 'server' }),
      cause: error,
    })
  }
  // a pool of its own, so that the fields are read as everywhere
  const { root } = EditDocument.parse(xml, 'the list of sources')
  return root.children('source').map((source) => {
    const { root: pool } = EditDocument.parse('<pool/>')
    pool.setAttribute('type', type)
    pool.insert(source.clone())
    const values = readPoolValues(pool)
    const { type: _, ...rest } = type === 'logical' ? withoutDevices(values) : values
    return { label: labelOf(rest), values: rest }
  })
}

/** The devices of a volume group that exists say nothing about a new one. */
function withoutDevices({ devices: _, ...values }: Values): Values {
  return values
}

function labelOf(values: Values): string {
  const { target, exportPath, volumeGroup, glusterVolume } = values
  const found = [target, exportPath, volumeGroup, glusterVolume].find((one) => typeof one === 'string')
  return typeof found === 'string' ? found : 'Unnamed'
}

/** Disks that the host does not need for itself, by a path that stays the same where there is one. */
async function devicesOf(host: LibvirtHost, hostname: string): Promise<Found[]> {
  const devices = await readNodeDevices(host, hostname)
  const free = devices.filter((one) => one.kind === 'storage').filter(({ isHostCritical }) => !isHostCritical)
  const disks = free.filter(({ driveType }) => driveType === undefined || driveType === 'disk')
  return Promise.all(
    disks.map(async ({ name, block, vendor, model }) => {
      const { xml } = await host.rpc.callJob('NODE_DEVICE_GET_XML_DESC', { name, flags: 0 }, quick)
      const links = parseXml(xml, `the description of device ${name}`)
        .root.children('devnode')
        .filter((node) => node.attribute('type') === 'link')
        .map((node) => node.text() ?? '')
      const device =
        links.find((link) => link.startsWith('/dev/disk/by-id/')) ??
        links.find((link) => link.startsWith('/dev/disk/by-path/')) ??
        block
      const what = [vendor, model].filter((one) => one !== undefined).join(' ')
      return { label: what === '' ? device : `${device} (${what})`, values: { device } }
    }),
  )
}

async function adaptersOf(host: LibvirtHost, hostname: string): Promise<Found[]> {
  const devices = await readNodeDevices(host, hostname)
  return devices
    .filter((one) => one.kind === 'scsi-host')
    .map(({ name, fibreChannel }) => ({
      label: fibreChannel?.wwpn === undefined ? name : `${name} (Fibre Channel, ${fibreChannel.wwpn})`,
      values: { adapterType: 'scsi_host', adapterName: name },
    }))
}
