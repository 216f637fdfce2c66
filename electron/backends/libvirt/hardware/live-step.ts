/** One step on a running domain (virDomainAttachDeviceFlags and relatives; https://libvirt.org/html/libvirt-libvirt-domain.html). */
import { setTimeout as delay } from 'node:timers/promises'
import type { VmId } from '../../../../shared/model/ids'
import { EditDocument, type EditElement } from '../../../domain-xml/edit/tree'
import type { LiveStep } from '../../../domain-xml/hardware/live'
import { findTwin } from '../../../domain-xml/hardware/same-plug'
import {
  RpcError,
  isRpcError,
  virDomainDeviceModifyFlags,
  virDomainModificationImpact,
} from '../../../libvirt-rpc/index'
import { DriveRefused, notPlugged, notReleased } from '../../hardware/refusals'
import { domainOf } from '../domain-handle'
import { changeTimeoutMs, domainXml, type LibvirtHost } from '../host'
import { takePageStep } from './page-step'

const { VIR_DOMAIN_AFFECT_LIVE: flags } = virDomainModificationImpact
const timeout = { timeoutMs: changeTimeoutMs }

/** A guest that is busy, or has no driver for hot-plug, lets go late or never; libvirt itself waits five seconds. */
const releaseTimeoutMs = 20_000
const releasePollMs = 300

export async function takeLiveStep(
  host: LibvirtHost,
  id: VmId,
  step: LiveStep,
  signal: AbortSignal,
): Promise<void> {
  const dom = domainOf(id, host.inventory.nameOf(id))
  switch (step.kind) {
    case 'attach':
      return attach(host, id, step.element)
    case 'update':
      return update(host, id, step.element, step.isForced === true)
    case 'detach':
      return detach(host, id, step.element, signal)
    default:
      return takePageStep(host, dom, step)
  }
}

/**
 * The place that the stored definition has given the device may be taken, or not be there, in the guest that runs; any
 * other is as good until the next start.
 */
async function attach(host: LibvirtHost, id: VmId, element: EditElement): Promise<void> {
  const dom = domainOf(id, host.inventory.nameOf(id))
  const plug = (xml: string) => host.rpc.callJob('DOMAIN_ATTACH_DEVICE_FLAGS', { dom, xml, flags }, timeout)
  try {
    await plug(element.toString())
  } catch (error) {
    const elsewhere = element.clone()
    elsewhere.find('address')?.remove()
    if (!(error instanceof RpcError) || element.find('address') === undefined) throw said(error)
    await plug(elsewhere.toString()).catch((second: unknown) => {
      throw said(second)
    })
  }
}

async function update(host: LibvirtHost, id: VmId, element: EditElement, isForced: boolean): Promise<void> {
  const dom = domainOf(id, host.inventory.nameOf(id))
  const force = isForced ? virDomainDeviceModifyFlags.VIR_DOMAIN_DEVICE_MODIFY_FORCE : 0
  try {
    await host.rpc.callJob(
      'DOMAIN_UPDATE_DEVICE_FLAGS',
      { dom, xml: element.toString(), flags: flags | force },
      timeout,
    )
  } catch (error) {
    const isDrive = ['cdrom', 'floppy'].includes(element.attribute('device') ?? '')
    if (!isInternal(error) || element.name !== 'disk' || !isDrive) throw error
    throw new DriveRefused(error)
  }
}

/** libvirt calls most of what can go wrong an internal error. */
function said(error: unknown): unknown {
  return isInternal(error) ? notPlugged(error) : error
}

function isInternal(error: unknown): error is RpcError {
  return isRpcError(error, 'VIR_ERR_INTERNAL_ERROR') || isRpcError(error, 'VIR_ERR_OPERATION_FAILED')
}

async function detach(host: LibvirtHost, id: VmId, element: EditElement, signal: AbortSignal): Promise<void> {
  const dom = domainOf(id, host.inventory.nameOf(id))
  let refusal: RpcError | undefined
  try {
    await host.rpc.callJob('DOMAIN_DETACH_DEVICE_FLAGS', { dom, xml: element.toString(), flags }, timeout)
  } catch (error) {
    // asked for a second time QEMU says that the device is being unplugged already
    if (!isInternal(error)) throw error
    refusal = error
  }
  await untilReleased(host, id, element, refusal, signal)
}

/** Unplugging is a request to the guest; it has happened when the device is gone from what runs. */
async function untilReleased(
  host: LibvirtHost,
  id: VmId,
  element: EditElement,
  refusal: RpcError | undefined,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + releaseTimeoutMs
  for (;;) {
    const now = EditDocument.parse(await domainXml(host, id))
    if (!findTwin(now.root, element)) return
    if (Date.now() > deadline) throw notReleased(refusal)
    await delay(releasePollMs, undefined, { signal })
  }
}
