/** As whom VMs run, as libvirt's capabilities tell it. A VM may name another user, which is rare. */
import { parseXml } from '../../../domain-xml/document'
import type { VmUser } from '../../images/vm-user'
import { readTimeoutMs, type LibvirtHost } from '../host'

/** Undefined where the host does not tell. */
export async function vmUser({
  rpc,
  driver,
}: Pick<LibvirtHost, 'rpc' | 'driver'>): Promise<VmUser | undefined> {
  if (driver !== 'QEMU') return undefined
  const { capabilities } = await rpc.call('CONNECT_GET_CAPABILITIES', undefined, { timeoutMs: readTimeoutMs })
  return vmUserFrom(capabilities)
}

export function vmUserFrom(capabilities: string): VmUser | undefined {
  const models = parseXml(capabilities, 'the capabilities of the host')
    .root.find('host')
    ?.children('secmodel')
  const label = models
    ?.find((model) => model.find('model')?.text() === 'dac')
    ?.find('baselabel')
    ?.text()
  const [, uid, gid] = /^\+(\d{1,10}):\+(\d{1,10})$/.exec(label?.trim() ?? '') ?? []
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}
