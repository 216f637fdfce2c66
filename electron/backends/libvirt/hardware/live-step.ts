/** One step on a running domain (virDomainAttachDeviceFlags and relatives; https://libvirt.org/html/libvirt-libvirt-domain.html). */
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { EditDocument, type EditElement } from '../../../domain-xml/edit/tree'
import type { LiveStep } from '../../../domain-xml/hardware/live'
import { isSamePlug } from '../../../domain-xml/hardware/same-plug'
import { virDomainModificationImpact } from '../../../libvirt-rpc/index'
import { domainOf } from '../domain-handle'
import { changeTimeoutMs, domainXml, type LibvirtHost } from '../host'
import { takePageStep } from './page-step'

const { VIR_DOMAIN_AFFECT_LIVE: live } = virDomainModificationImpact

/** A guest that is busy, or has no driver for hot-plug, lets go late or never; libvirt itself waits five seconds. */
const releaseTimeoutMs = 20_000
const releasePollMs = 300

export async function takeLiveStep(
  host: LibvirtHost,
  id: VmId,
  step: LiveStep,
  running: EditDocument,
  signal: AbortSignal,
): Promise<void> {
  const dom = domainOf(id, host.inventory.nameOf(id))
  const timeout = { timeoutMs: changeTimeoutMs }
  switch (step.kind) {
    case 'attach':
      await host.rpc.callJob(
        'DOMAIN_ATTACH_DEVICE_FLAGS',
        { dom, xml: step.element.toString(), flags: live },
        timeout,
      )
      return
    case 'update': {
      const xml = twinOf(running, step.element, step.kind).toString()
      await host.rpc.callJob('DOMAIN_UPDATE_DEVICE_FLAGS', { dom, xml, flags: live }, timeout)
      return
    }
    case 'detach': {
      const twin = findTwin(running, step.element)
      // it was waiting for the next start only
      if (!twin) return
      await host.rpc.callJob(
        'DOMAIN_DETACH_DEVICE_FLAGS',
        { dom, xml: twin.toString(), flags: live },
        timeout,
      )
      await untilReleased(host, id, step.element, signal)
      return
    }
    default:
      await takePageStep(host, dom, step)
  }
}

function findTwin(running: EditDocument, element: EditElement): EditElement | undefined {
  return running.root
    .find('devices')
    ?.children(element.name)
    .find((one) => isSamePlug(one, element))
}

/**
 * What the running guest has, with the changes: parts that only the running one has (its alias, its port, its tap device)
 * are what libvirt compares by.
 */
function twinOf(running: EditDocument, element: EditElement, what: string): EditElement {
  const twin = findTwin(running, element)
  if (!twin) throw new AppError('not-found', `The running VM has no such device to ${what}`)
  const merged = element.clone()
  const alias = twin.find('alias')
  if (alias && !merged.find('alias')) merged.insert(alias.clone())
  const address = twin.find('address')
  if (address && !merged.find('address')) merged.insert(address.clone())
  return merged
}

/** Unplugging is a request to the guest; it has happened when the device is gone from what runs. */
async function untilReleased(
  host: LibvirtHost,
  id: VmId,
  element: EditElement,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + releaseTimeoutMs
  for (;;) {
    const now = EditDocument.parse(await domainXml(host, id))
    if (!findTwin(now, element)) return
    if (Date.now() > deadline) {
      throw new AppError('timed-out', 'The guest has not let go of the device', {
        cure: 'It may be in use there (mounted, say) or the guest may not support unplugging. The device goes at the next start.',
      })
    }
    await delay(releasePollMs, undefined, { signal })
  }
}
