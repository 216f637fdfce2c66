/** A network of a host that tells its guests what to start from it: libvirt's own dnsmasq serves addresses and TFTP. */
import type { LabHost } from './lab-host'

const folder = '/var/lib/libvirt/lab-netboot'

/** Gives back how to take it away. */
export async function startNetboot(
  host: LabHost,
  name: string,
  bootFile: Buffer,
): Promise<() => Promise<void>> {
  await host.exec(['sh', '-ec', 'mkdir -p "$1"; base64 -d > "$1/boot.0"; chmod -R a+rX "$1"', '-', folder], {
    input: bootFile.toString('base64'),
  })
  const xml = `<network>
  <name>${name}</name>
  <bridge stp='off' delay='0'/>
  <ip address='10.216.7.1' netmask='255.255.255.0'>
    <tftp root='${folder}'/>
    <dhcp>
      <range start='10.216.7.100' end='10.216.7.120'/>
      <bootp file='boot.0'/>
    </dhcp>
  </ip>
</network>`
  const file = `${folder}/network.xml`
  await host.exec(['sh', '-ec', 'cat > "$1"; virsh -q -c qemu:///system net-define "$1"', '-', file], {
    input: xml,
  })
  await host.virsh(['net-start', name])
  return async () => {
    await host.virsh(['net-destroy', name]).catch(() => '')
    await host.virsh(['net-undefine', name])
    await host.exec(['rm', '-rf', folder])
  }
}
