/** The security chip: https://libvirt.org/formatdomain.html#tpm-device */
import { add, type Build, idOf } from './build'
import { options } from './options'
import type { Reading } from './reading'

export function planTpm(build: Build, device: Reading): void {
  const id = idOf(build, device)
  const backend = device.child('backend')
  const type = backend?.attr('type') ?? 'passthrough'
  const model = device.attr('model') ?? (build.machine.chipset === 'pseries' ? 'tpm-spapr' : 'tpm-tis')
  const of = 'TPM'
  const device_ = (why: string): void =>
    add(
      build,
      of,
      why,
      '-device',
      options(model === 'tpm-tis' && build.machine.chipset === 'virt' ? 'tpm-tis-device' : model, {
        tpmdev: `tpm-${id}`,
        id,
      }),
    )
  if (type === 'passthrough') {
    const path = backend?.child('device')?.attr('path') ?? '/dev/tpm0'
    add(
      build,
      of,
      'The security chip of the host, which only one VM can have.',
      '-tpmdev',
      options('passthrough', { id: `tpm-${id}`, path }),
    )
    device_('The chip as the guest sees it.')
    return
  }
  const external = type === 'external' ? backend?.child('source') : undefined
  external?.attr('type')
  external?.attr('mode')
  const socket = external?.attr('path') ?? `${build.host.runFolder}/swtpm`
  if (type === 'emulator') planEmulator(build, backend, socket)
  add(
    build,
    of,
    external
      ? 'The chip is a program of the host that is there already.'
      : 'The chip is swtpm, a program beside QEMU, which keeps its state in the folder of the VM.',
    '-chardev',
    options('socket', { id: `chr-${id}`, path: socket }),
    '-tpmdev',
    options('emulator', { id: `tpm-${id}`, chardev: `chr-${id}` }),
  )
  device_('The chip as the guest sees it.')
}

function planEmulator(build: Build, backend: Reading | undefined, socket: string): void {
  const version = backend?.attr('version') ?? '2.0'
  const encryption = backend?.child('encryption')
  if (encryption) {
    build.notes.push('The TPM’s state is not encrypted: its secret is kept by libvirt only.')
    encryption.whole()
  }
  const banks = backend?.child('active_pcr_banks')
  if (banks) {
    build.notes.push(
      'Which banks of the TPM are active is left as its state has it: they are chosen when the state is made.',
    )
    banks.whole()
  }
  // there is one folder for it, which stays
  backend?.attr('persistent_state')
  const pidFile = `${build.host.runFolder}/swtpm.pid`
  const folder = `${build.host.vmFolder}/tpm`
  build.helpers.push({
    program: 'swtpm',
    words: [
      'socket',
      '--daemon',
      '--terminate',
      ...(version === '2.0' ? ['--tpm2'] : []),
      '--ctrl',
      `type=unixio,path=${socket},mode=0600`,
      '--tpmstate',
      `dir=${folder},mode=0600`,
      '--pid',
      `file=${pidFile}`,
      '--log',
      `file=${build.host.runFolder}/swtpm.log,level=20`,
    ],
    of: 'TPM',
    why: `Is the security chip, version ${version}.`,
    pidFile,
    folder,
  })
}
