import type { HostCommands } from './host-commands'

const file = '/etc/libvirt/qemu.conf'

/**
 * Whether the host was told to leave files of VMs to whom they belong; else libvirt gives a VM its images when it starts.
 * Only root reads the file that says so: for others it is as usual.
 * https://libvirt.org/drvqemu.html#posix-users-groups
 */
export async function keepsOwners(host: HostCommands): Promise<boolean> {
  const { stdout } = await host.run(['grep', '-E', '^[[:space:]]*dynamic_ownership[[:space:]]*=', '--', file])
  const last = stdout.trim().split('\n').at(-1) ?? ''
  return /=\s*0\s*(?:#.*)?$/.test(last)
}
