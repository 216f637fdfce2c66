import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  preparationChecks,
  preparationSteps,
  type GuestPreparation,
} from '../../shared/recipes/guest-preparation'
import { distributions, type RecipeStep } from '../../shared/recipes/recipe'

const guest = (more: Partial<GuestPreparation> = {}): GuestPreparation => ({
  distribution: 'suse',
  devices: 'virtio',
  renamed: [
    { from: 'xvda', to: 'vda' },
    { from: 'hdb', to: 'vdb' },
  ],
  ...more,
})
const script = (steps: readonly RecipeStep[]): string =>
  steps.flatMap(({ commands }) => commands ?? []).join('\n')
const all = (more: Partial<GuestPreparation> = {}): string => script(preparationSteps(guest(more)))

it('covers kernel, drivers, disk names, boot loader, device.map, serial console, root’s terminals and X in each family', () => {
  for (const distribution of distributions) {
    const text = all({ distribution })
    for (const word of [
      'virtio_blk',
      '/etc/fstab',
      'blkid',
      'device.map',
      'grub',
      'console=ttyS0',
      'serial-getty@ttyS0',
      '/etc/securetty',
      'xorg.conf',
    ])
      expect(`${distribution}: ${text}`).toContain(word)
  }
  expect(all({ distribution: 'suse' })).toMatch(
    /kernel-default[^]*dracut --force[^]*grub2-install \/dev\/xvda/,
  )
  expect(all({ distribution: 'redhat' })).toMatch(/dnf install kernel[^]*dracut --force/)
  expect(all({ distribution: 'debian' })).toMatch(/linux-image-amd64[^]*update-initramfs[^]*update-grub/)
})

it('takes the drivers of what the guest is going to have', () => {
  expect(all({ devices: 'xen' })).toContain('xen-blkfront xen-netfront')
  // once it runs, the guest has Xen’s names again
  expect(all({ devices: 'xen' })).not.toContain('s#/dev/')
  expect(all({ devices: 'emulated' })).toMatch(/ahci ata_piix/)
  expect(script(preparationChecks(guest({ distribution: 'debian' })))).toContain(
    'lsinitramfs /boot/initrd.img-$(uname -r) | grep -e virtio_pci -e virtio-pci',
  )
})

it('renames the disks in a real fstab and in the boot loader’s settings, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preparation-'))
  try {
    const [fstab, grub] = [join(folder, 'fstab'), join(folder, 'grub')]
    writeFileSync(fstab, 'UUID=1 / ext4\n/dev/xvda2 /srv xfs\n/dev/hdb1 swap swap\n/dev/xvde1 /other xfs\n')
    writeFileSync(grub, 'GRUB_CMDLINE_LINUX="root=/dev/xvda1 resume=/dev/hdb1 console=hvc0"\n')
    const lines = all()
      .split('\n')
      .filter((line) => line.includes('sed -i'))
      .map((line) =>
        line.replace('sudo ', '').replace('/etc/fstab', fstab).replace('/etc/default/grub', grub),
      )
    expect(lines).toHaveLength(2)
    execFileSync('sh', ['-ec', lines.join('\n')])
    expect(readFileSync(fstab, 'utf8')).toBe(
      'UUID=1 / ext4\n/dev/vda2 /srv xfs\n/dev/vdb1 swap swap\n/dev/xvde1 /other xfs\n',
    )
    expect(readFileSync(grub, 'utf8')).toBe(
      'GRUB_CMDLINE_LINUX="root=/dev/vda1 resume=/dev/vdb1 console=ttyS0,115200"\n',
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('names of disks that nobody would give become no commands', () => {
  const evil = guest({ renamed: [{ from: `a' ; exit 7 ; '`, to: '$(exit 7)' }] })
  const text = script([...preparationSteps(evil), ...preparationChecks(evil)])
  expect(spawnSync('sh', ['-n'], { input: text }).stderr.toString()).toBe('')
  const ran = spawnSync('/bin/sh', ['-s'], { input: text, env: { PATH: '/nonexistent' } })
  expect(ran.status).not.toBe(7)
})
