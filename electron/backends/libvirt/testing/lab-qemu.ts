import { join } from 'node:path'
import type { SshEngine } from '../../../../shared/model/host'
import { startLab, stateDirectory, type LabHost } from '../../../../e2e/lab/lab'
import type { QemuUnderTest } from './qemu-suite'
import { relayInto } from './tcp-relay'

const poolPath = '/var/lib/libvirt/images'

/** QEMU on a lab host, by the daemon's socket, with a guest that boots and hears the power button. */
export async function qemuBySocket(): Promise<QemuUnderTest> {
  const lab = await startLab({ hosts: ['labA'] })
  const host = lab.host('labA')
  const versions = await lab.versions()
  process.stdout.write(`${host.name}: ${versions.libvirt}, ${versions.qemu}, guest ${versions.guest}\n`)
  return {
    uri: host.uri(),
    virshUri: host.uri(),
    poolPath,
    // the display's socket lies in a folder that host and test both see
    vnc: 'socket',
    guest: guestOf(host),
    fileExists: (path) => exists(host, path),
    stop: () => lab.stop(),
  }
}

/** The same by ssh with a key, as from another machine. */
export async function qemuBySsh(sshEngine: SshEngine = 'builtin'): Promise<QemuUnderTest> {
  const lab = await startLab({ hosts: ['labA'] })
  const host = lab.host('labA')
  const relay = await relayInto(lab.clientPrefix, { host: host.address, port: 22 })
  return {
    uri: `qemu+ssh://${host.user}@127.0.0.1:${relay.port}/system?known_hosts=/dev/null`,
    keyFile: host.keyFile,
    sshEngine,
    virshUri: host.uri(),
    poolPath,
    vnc: 'tcp',
    fileExists: (path) => exists(host, path),
    async stop() {
      await relay.stop()
      await lab.stop()
    },
  }
}

/**
 * The same by TLS. Nothing leads into the host but its ports, so those of a few displays are relayed too, under an
 * address of this machine that stands for the host and is in its certificate.
 */
export async function qemuByTls(): Promise<QemuUnderTest> {
  const lab = await startLab({ hosts: ['labA'] })
  const host = lab.host('labA')
  const standIn = host.address.replace(/^10/, '127')
  const relays = await Promise.all(
    [16_514, 5900, 5901, 5902].map((port) =>
      relayInto(lab.clientPrefix, { host: host.address, port }, { host: standIn, port }),
    ),
  )
  return {
    uri: `qemu+tls://${standIn}/system?pkipath=${lab.pkiPath}`,
    virshUri: host.uri(),
    poolPath,
    vnc: 'tcp-everywhere',
    guest: guestOf(host),
    fileExists: (path) => exists(host, path),
    async stop() {
      await Promise.all(relays.map((relay) => relay.stop()))
      await lab.stop()
    },
  }
}

function guestOf(host: LabHost): NonNullable<QemuUnderTest['guest']> {
  return {
    os: `<kernel>${join(stateDirectory, 'guest/vmlinux')}</kernel>
      <initrd>${join(stateDirectory, 'guest/initrd')}</initrd>
      <cmdline>console=tty0 console=ttyS0 quiet no_timer_check lab.name=suite-running</cmdline>`,
    devices: `<serial type='pty'><target port='0'/>
      <log file='/var/log/libvirt/qemu/suite-running-serial.log' append='off'/></serial>`,
    booted: (vm) => host.waitReady(vm.name),
  }
}

function exists(host: LabHost, path: string): Promise<boolean> {
  return host.exec(['test', '-e', path]).then(
    () => true,
    () => false,
  )
}
