/**
 * A box of Vagrant (https://vagrant-libvirt.github.io/vagrant-libvirt/boxes.html): metadata.json tells the disks, and a Vagrantfile
 * beside it what the VM should have. That one is a program: only plain numbers are looked for in it, nothing is run.
 */
import { z } from 'zod'
import type { ForeignDisk, ForeignVm } from '../../../../shared/model/new-vm/foreign'
import { badFile } from '../foreign-error'
import { bytesOfMebibytes, cpuCountOf } from '../numbers'

const gib = 1024 ** 3

const metadata = z.object({
  provider: z.union([z.string().max(64), z.array(z.string().max(64)).max(16)]),
  format: z.string().max(32).optional(),
  virtual_size: z.coerce.number().positive().max(1_048_576).optional(),
  disks: z
    .array(z.object({ path: z.string().min(1).max(255) }))
    .min(1)
    .max(16)
    .optional(),
})

export interface BoxFile {
  /** Of the file that was chosen. */
  readonly name?: string
  /** Of metadata.json. */
  readonly text: string
  readonly vagrantfile?: string
}

export function readBox({ name, text, vagrantfile = '' }: BoxFile): ForeignVm {
  const { provider, format, virtual_size: sizeGib, disks } = parsed(text)
  const providers = [provider].flat()
  if (!providers.some((one) => one === 'libvirt' || one === 'qemu'))
    throw badFile(
      `This box is for ${providers.map((one) => `“${one}”`).join(', ')}: take the one for libvirt, or for VirtualBox`,
    )
  const sizeBytes = sizeGib === undefined ? undefined : Math.ceil(sizeGib) * gib
  const memoryBytes = bytesOfMebibytes(settingIn(vagrantfile, 'memory'))
  const vcpuCount = cpuCountOf(settingIn(vagrantfile, 'cpus'))
  const isEfi = /\blibvirt\.loader\s*=|OVMF/i.test(vagrantfile)
  return {
    format: 'box',
    ...(name === undefined ? {} : { name: name.replace(/\.box$/i, '') }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(vcpuCount === undefined ? {} : { vcpuCount }),
    ...(isEfi ? { firmware: 'efi' as const } : {}),
    isParavirtual: false,
    disks: (disks ?? [{ path: 'box.img' }]).map(
      ({ path }, at): ForeignDisk => ({
        file: path,
        format: format ?? 'qcow2',
        bus: 'virtio',
        device: 'disk',
        isReadOnly: false,
        ...(at === 0 && disks === undefined && sizeBytes !== undefined ? { sizeBytes } : {}),
      }),
    ),
    // the one by which Vagrant reaches it
    nics: [{ model: 'virtio' }],
    notes: [
      'Everybody knows how to sign in to a public box: as “vagrant”, with that as password, or with a key that is public. Change both before others reach the VM.',
      ...(vagrantfile === ''
        ? []
        : ['Its Vagrantfile is not run: shared folders, provisioners and further cards do not come along.']),
    ],
  }
}

function parsed(text: string): z.output<typeof metadata> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw badFile('metadata.json of the box is no JSON')
  }
  const found = metadata.safeParse(json)
  if (found.success) return found.data
  throw badFile(`metadata.json of the box does not say ${found.error.issues[0]?.path.join('.') ?? 'enough'}`)
}

/** "libvirt.memory = 2048", however the block calls its variable. */
function settingIn(vagrantfile: string, name: string): string | undefined {
  return new RegExp(String.raw`^\s*\w+\.${name}\s*=\s*"?(\d{1,9})"?\s*$`, 'm').exec(vagrantfile)?.[1]
}
