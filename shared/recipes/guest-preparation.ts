/**
 * What has to be seen to inside a Linux guest that was made for Xen, before it starts without it, or as a whole computer. Names
 * of disks come from the conversion; all of it is done while the guest still runs under Xen, or from a rescue system.
 */
import { shellWord } from '../shell-word'
import type { Distribution, RecipeStep } from './recipe'
import { lines, packageCommand } from './words'

export interface GuestPreparation {
  readonly distribution: Distribution
  /** What carries its disks and cards afterwards. */
  readonly devices: 'virtio' | 'emulated' | 'xen'
  /** How it calls its disks now, and how it is going to. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[]
}

const kernels: Record<Distribution, string> = {
  debian: 'linux-image-amd64 grub-pc',
  redhat: 'kernel grub2-pc',
  suse: 'kernel-default grub2',
}

const modules: Record<GuestPreparation['devices'], readonly string[]> = {
  virtio: ['virtio_pci', 'virtio_blk', 'virtio_scsi', 'virtio_net', 'virtio_balloon'],
  emulated: ['ahci', 'ata_piix', 'sd_mod', 'e1000', 'e1000e', '8139cp'],
  xen: ['xen-blkfront', 'xen-netfront'],
}

export function preparationSteps(guest: GuestPreparation): readonly RecipeStep[] {
  return [
    kernel(guest),
    drivers(guest),
    names(guest),
    loader(guest),
    console(guest),
    logins,
    screen(guest),
    cards,
  ]
}

export function preparationChecks(guest: GuestPreparation): readonly RecipeStep[] {
  const [module = ''] = modules[guest.devices]
  const list = guest.distribution === 'debian' ? 'lsinitramfs /boot/initrd.img-$(uname -r)' : 'sudo lsinitrd'
  return [
    inGuest(
      'The driver of the disk is in the initial RAM disk. Nothing printed: it is built into the kernel, or missing.',
      `${list} | grep -e ${module} -e ${module.replaceAll('_', '-')}`,
    ),
    inGuest(
      'No file says a name any more that goes.',
      `grep -n -E '/dev/(xvd|hd)[a-z]' /etc/fstab /etc/default/grub ${grubFiles(guest.distribution).config}`,
    ),
  ]
}

function inGuest(text: string, commands?: string): RecipeStep {
  return { where: 'guest', text, ...(commands === undefined ? {} : { commands }) }
}

function kernel({ distribution }: GuestPreparation): RecipeStep {
  return inGuest(
    'Bring the system up to date, and install its usual kernel: one that is made for Xen alone (kernel-xen) does not start on a whole computer.',
    lines(
      distribution === 'debian' ? 'sudo apt update && sudo apt full-upgrade' : updates[distribution],
      `${packageCommand[distribution]} ${kernels[distribution]}`,
    ),
  )
}

const updates: Record<Distribution, string> = {
  debian: 'sudo apt full-upgrade',
  redhat: 'sudo dnf upgrade',
  suse: 'sudo zypper patch',
}

function drivers({ distribution, devices }: GuestPreparation): RecipeStep {
  const words = modules[devices]
  const why =
    devices === 'xen'
      ? 'Put Xen’s drivers into the initial RAM disk (in SLES 10 and 11 they are called xen-vbd and xen-vnif).'
      : 'Put the drivers of the new disks and cards into the initial RAM disk, as the guest finds its system by them.'
  if (distribution === 'debian')
    return inGuest(
      why,
      lines(
        `printf '%s\\n' ${words.join(' ')} | sudo tee -a /etc/initramfs-tools/modules`,
        'sudo update-initramfs -u -k all',
      ),
    )
  const older = ' Without dracut (SLES 11): INITRD_MODULES in /etc/sysconfig/kernel, then mkinitrd.'
  return inGuest(
    `${why}${distribution === 'suse' ? older : ''}`,
    lines(
      `echo 'add_drivers+=" ${words.join(' ')} "' | sudo tee /etc/dracut.conf.d/90-new-home.conf`,
      'sudo dracut --force --regenerate-all',
    ),
  )
}

function grubFiles(distribution: Distribution): { install: string; config: string; map: string } {
  return distribution === 'debian'
    ? { install: 'grub-install', config: '/boot/grub/grub.cfg', map: '/boot/grub/device.map' }
    : { install: 'grub2-install', config: '/boot/grub2/grub.cfg', map: '/boot/grub2/device.map' }
}

function names({ devices, renamed }: GuestPreparation): RecipeStep {
  if (devices === 'xen')
    return inGuest(
      'The boot loader finds the disk as hda, the running system as xvda again. Write UUID=… of blkid instead of names into /etc/fstab and into root= and resume= of the boot loader, which holds in either case.',
      lines('sudo blkid', "grep -n -E '/dev/(xvd|hd)[a-z]' /etc/fstab /etc/default/grub"),
    )
  const moved = renamed.length === 0 ? [{ from: 'xvda', to: 'vda' }] : renamed
  const told = moved.map(({ from, to }) => `/dev/${from} becomes /dev/${to}`).join(', ')
  const words = moved.map(({ from, to }) => shellWord(`s#/dev/${from}#/dev/${to}#g`)).join(' -e ')
  return inGuest(
    `Disks get other names: ${told}. Look them up in /etc/fstab and in root= and resume= of the boot loader; with a wrong one the guest does not start. Best write UUID=… of blkid instead of a name, which holds before and after; else change the names as the last thing, as the guest then starts in its new home only.`,
    lines(
      'sudo blkid',
      "grep -n -E '/dev/(xvd|hd)[a-z]' /etc/fstab /etc/default/grub",
      '# only where names stay:',
      'sudo cp -a /etc/fstab /etc/fstab.xen && sudo cp -a /etc/default/grub /etc/default/grub.xen',
      `sudo sed -i -e ${words} /etc/fstab /etc/default/grub`,
    ),
  )
}

function loader({ distribution, renamed }: GuestPreparation): RecipeStep {
  const { install, config, map } = grubFiles(distribution)
  const now = shellWord(`/dev/${renamed[0]?.from ?? 'xvda'}`)
  return inGuest(
    `Put a boot loader onto the disk: under Xen the host may have looked for the kernel, and nothing is there. Take an old device.map away, as it names the disk too, and let the usual kernel be the first entry.`,
    lines(
      `sudo mv ${map} ${map}.xen || true`,
      `sudo ${install} ${now}`,
      `sudo ${distribution === 'debian' ? 'grub-set-default' : 'grub2-set-default'} 0`,
      distribution === 'debian' ? 'sudo update-grub' : `sudo grub2-mkconfig -o ${config}`,
    ),
  )
}

function console({ distribution }: GuestPreparation): RecipeStep {
  return inGuest(
    'The text console is called ttyS0 now, not hvc0 or xvc0: change console= in GRUB_CMDLINE_LINUX, and have a login there. Systems without systemd have the line in /etc/inittab.',
    lines(
      "sudo sed -i -E 's/console=(hvc0|xvc0)/console=ttyS0,115200/g' /etc/default/grub",
      distribution === 'debian'
        ? 'sudo update-grub'
        : `sudo grub2-mkconfig -o ${grubFiles(distribution).config}`,
      'sudo systemctl enable serial-getty@ttyS0.service',
    ),
  )
}

const logins = inGuest(
  'Where the system has a list of terminals on which root may sign in, put the new one into it.',
  '[ ! -e /etc/securetty ] || grep -qx ttyS0 /etc/securetty || echo ttyS0 | sudo tee -a /etc/securetty',
)

function screen({ devices }: GuestPreparation): RecipeStep {
  const driver = devices === 'xen' ? ' (on older systems write Driver "cirrus" into it instead)' : ''
  return inGuest(
    `A graphical system with settings for Xen’s frame buffer shows nothing on another card: take them away${driver}; X finds its card by itself.`,
    '[ ! -e /etc/X11/xorg.conf ] || sudo mv /etc/X11/xorg.conf /etc/X11/xorg.conf.xen',
  )
}

const cards = inGuest(
  'Network cards keep their addresses, but may get other names: look at what goes by “eth0”, and let older systems number them anew.',
  lines(
    'ip -brief link',
    'sudo rm -f /etc/udev/rules.d/70-persistent-net.rules',
    'grep -rn eth0 /etc/sysconfig/network* /etc/network /etc/netplan',
  ),
)
