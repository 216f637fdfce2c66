/** Makes, changes, starts, stops and deletes networks. */
import { AppError } from '../../../../shared/errors'
import type {
  CreateNetworkInput,
  EditNetworkInput,
  EditNetworkOutcome,
  NetworkAction,
} from '../../../../shared/model/networks/network'
import type { EditDocument } from '../../../domain-xml/edit/tree'
import { networkName, wantedNetwork } from '../../../domain-xml/networks/definition'
import { textFingerprint } from '../../../domain-xml/networks/filters'
import { liveWork, type LiveStep } from '../../../domain-xml/networks/live-steps'
import { changedMeanwhile, whyNotDeleted } from '../../../domain-xml/networks/refusals'
import {
  isNoNetwork,
  RpcError,
  virNetworkDefineFlags,
  virNetworkUpdateCommand as commands,
  virNetworkUpdateFlags,
  virNetworkUpdateSection as sections,
  type NetworkHandle,
} from '../../../libvirt-rpc/index'
import { changeTimeoutMs, type LibvirtHost } from '../host'
import { quick } from '../host-choices-sweep'
import { inStep } from './errors'
import { readNetwork, type OneNetwork } from './read'
import { readVmCards, usersOfNetwork } from './vm-cards'

const slow = { timeoutMs: changeTimeoutMs }

export async function createNetwork(
  host: LibvirtHost,
  { start, autostart, ...definition }: Omit<CreateNetworkInput, 'host'>,
): Promise<string> {
  const wanted = wantedNetwork(definition)
  const name = networkName(wanted.root)
  // defining one that is there would change it
  if (await exists(host, name)) {
    throw new AppError('already-exists', `There is a network called ${name} already`, {
      cure: 'Choose another name.',
      field: 'name',
    })
  }
  const net = await define(host, wanted)
  try {
    if (start) await inStep(name, 'start', () => host.rpc.callJob('NETWORK_CREATE', { net }, slow))
    if (autostart) await setAutostart(host, net, true)
  } catch (error) {
    await undo(host, net)
    throw error
  }
  return name
}

async function exists({ rpc }: LibvirtHost, name: string): Promise<boolean> {
  try {
    await rpc.call('NETWORK_LOOKUP_BY_NAME', { name }, quick)
    return true
  } catch (error) {
    if (isNoNetwork(error)) return false
    throw error
  }
}

/** What was refused is not left behind; that it cannot be taken away either is no news beside the first refusal. */
async function undo({ rpc }: LibvirtHost, net: NetworkHandle): Promise<void> {
  await rpc.callJob('NETWORK_DESTROY', { net }, slow).catch(() => undefined)
  await rpc.callJob('NETWORK_UNDEFINE', { net }, slow).catch(() => undefined)
}

/** Held against libvirt's schema where it offers that: without, it passes over what it does not know. */
async function define({ rpc }: LibvirtHost, wanted: EditDocument): Promise<NetworkHandle> {
  const xml = wanted.toString()
  return inStep(networkName(wanted.root), 'define', async () => {
    const { net } = rpc.control.knows('NETWORK_DEFINE_XML_FLAGS')
      ? await rpc.callJob(
          'NETWORK_DEFINE_XML_FLAGS',
          { xml, flags: virNetworkDefineFlags.VIR_NETWORK_DEFINE_VALIDATE },
          slow,
        )
      : await rpc.callJob('NETWORK_DEFINE_XML', { xml }, slow)
    return net
  })
}

export async function editNetwork(
  host: LibvirtHost,
  name: string,
  { base, ...definition }: Omit<EditNetworkInput, 'host' | 'network'>,
): Promise<EditNetworkOutcome> {
  const one = await readNetwork(host, name)
  if (base !== textFingerprint(one.stored.toString())) throw changedMeanwhile('network')
  const wanted = wantedNetwork(definition, one.stored)
  const work = one.running && liveWork(one.running.root, wanted.root)
  await define(host, wanted)
  const now: string[] = []
  const refused: string[] = []
  for (const step of work?.steps ?? []) {
    const why = await update(host, one.net, step)
    if (why === undefined) now.push(step.title)
    else refused.push(`${step.title}: ${why}`)
  }
  return { now, afterRestart: work?.afterRestart ?? [], refused }
}

const sectionOf: Record<LiveStep['section'], number> = {
  'ip-dhcp-host': sections.VIR_NETWORK_SECTION_IP_DHCP_HOST,
  'ip-dhcp-range': sections.VIR_NETWORK_SECTION_IP_DHCP_RANGE,
  'forward-interface': sections.VIR_NETWORK_SECTION_FORWARD_INTERFACE,
  portgroup: sections.VIR_NETWORK_SECTION_PORTGROUP,
  'dns-host': sections.VIR_NETWORK_SECTION_DNS_HOST,
  'dns-txt': sections.VIR_NETWORK_SECTION_DNS_TXT,
  'dns-srv': sections.VIR_NETWORK_SECTION_DNS_SRV,
}
const commandOf: Record<LiveStep['command'], number> = {
  // VIR_NETWORK_UPDATE_COMMAND_ADD_LAST, which the list of facts leaves out
  add: 3,
  modify: commands.VIR_NETWORK_UPDATE_COMMAND_MODIFY,
  delete: commands.VIR_NETWORK_UPDATE_COMMAND_DELETE,
}

/** The host's words for why not; undefined when it did. */
async function update({ rpc }: LibvirtHost, net: NetworkHandle, step: LiveStep): Promise<string | undefined> {
  const [command, section] = [commandOf[step.command], sectionOf[step.section]]
  // daemons before 7.2 take the two the other way round
  const inOrder = rpc.control.facts.hasNetworkUpdateOrder
    ? { command, section }
    : { command: section, section: command }
  try {
    await rpc.callJob(
      'NETWORK_UPDATE',
      {
        net,
        ...inOrder,
        parentIndex: step.parentIndex,
        xml: step.xml,
        flags: virNetworkUpdateFlags.VIR_NETWORK_UPDATE_AFFECT_LIVE,
      },
      slow,
    )
    return undefined
  } catch (error) {
    if (error instanceof RpcError) return error.message
    throw error
  }
}

export async function networkAction(host: LibvirtHost, name: string, action: NetworkAction): Promise<void> {
  const { rpc } = host
  const { net } = await rpc.call('NETWORK_LOOKUP_BY_NAME', { name }, quick)
  const isActive = (await rpc.call('NETWORK_IS_ACTIVE', { net }, quick)).active === 1
  // not every driver minds
  if (!isActive && (action === 'stop' || action === 'restart'))
    throw new AppError('invalid', `The network ${name} is not active`)
  const start = () => inStep(name, 'start', () => rpc.callJob('NETWORK_CREATE', { net }, slow))
  const stop = () => inStep(name, 'stop', () => rpc.callJob('NETWORK_DESTROY', { net }, slow))
  switch (action) {
    case 'start':
      return start()
    case 'stop':
      return stop()
    case 'restart': {
      const { network } = await readNetwork(host, name)
      // a transient one would be gone
      if (!network.isPersistent)
        throw new AppError('invalid', `The network ${name} is not stored, so it would not come back`)
      await stop()
      return start()
    }
    case 'autostart-on':
    case 'autostart-off':
      return setAutostart(host, net, action === 'autostart-on')
  }
}

function setAutostart({ rpc }: LibvirtHost, net: NetworkHandle, isOn: boolean): Promise<void> {
  return inStep(net.name, 'autostart', () =>
    rpc.callJob('NETWORK_SET_AUTOSTART', { net, autostart: isOn ? 1 : 0 }, slow),
  )
}

/** Stopped and taken out of what is stored, unless guests that run are plugged into it. */
export async function deleteNetwork(host: LibvirtHost, name: string): Promise<void> {
  const { net, network }: OneNetwork = await readNetwork(host, name)
  const vms = await readVmCards(host)
  const error = whyNotDeleted(name, usersOfNetwork(name, vms.items))
  if (error) throw error
  if (network.isActive) await inStep(name, 'stop', () => host.rpc.callJob('NETWORK_DESTROY', { net }, slow))
  if (network.isPersistent)
    await inStep(name, 'undefine', () => host.rpc.callJob('NETWORK_UNDEFINE', { net }, slow))
}
