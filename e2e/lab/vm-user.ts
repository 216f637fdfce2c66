/** Hosts of the lab run their VMs as root; most real ones do not. */
import type { LabHost } from './lab-host'

const file = '/etc/libvirt/qemu.conf'

/**
 * The group of VMs that run as nobody. Who cannot open /dev/kvm, where there is one, makes libvirt ask QEMU anew at every
 * turn, which takes seconds.
 */
export async function groupOfNobodysVms(host: LabHost): Promise<string> {
  return (await host.exec(['sh', '-c', 'stat -c %G /dev/kvm 2>/dev/null || echo nogroup'])).trim()
}

/** From now on the host's VMs run as somebody who owns nothing. Gives back how to end that. Guests go on. */
export async function runVmsAsNobody(host: LabHost): Promise<() => Promise<void>> {
  const before = await host.exec(['cat', file])
  const group = await groupOfNobodysVms(host)
  const after = before
    .replace(/^user = .*$/m, 'user = "nobody"')
    .replace(/^group = .*$/m, `group = "${group}"`)
    .replace(/^dynamic_ownership = .*$/m, 'dynamic_ownership = 1')
  if (after === before) throw new Error(`${file} is not as it was expected`)
  const put = async (text: string): Promise<void> => {
    await host.exec(['sh', '-c', 'cat >"$1"', '-', file], { input: text })
    // it is read when the daemon starts
    await host.killDaemon()
    await host.startDaemon()
  }
  await put(after)
  return () => put(before)
}
