/** How QEMU comes onto a computer: the packages of the distributions. */
export interface QemuAdvice {
  readonly canRunHere: boolean
  readonly sentence: string
  readonly commands: readonly { readonly system: string; readonly command: string }[]
}

/** `platform` as Node names it; undefined while it is not known. */
export function howToGetQemu(platform: string | undefined): QemuAdvice {
  // what keeps VMs without libvirt in files and runs speaks to a Linux (backends/qemu/store)
  if (platform === 'win32' || platform === 'darwin')
    return {
      canRunHere: false,
      sentence: `Innkeeper on ${platform === 'win32' ? 'Windows' : 'macOS'} manages guests of Linux hosts: add one below, by SSH.`,
      commands: [],
    }
  return {
    canRunHere: true,
    sentence:
      'Install QEMU to run virtual machines here. libvirt (libvirt-daemon-system, or libvirt) adds networks and start-up with the computer.',
    commands: [
      { system: 'Debian, Ubuntu', command: 'sudo apt install qemu-system-x86 qemu-utils' },
      { system: 'Fedora, RHEL', command: 'sudo dnf install qemu-kvm qemu-img' },
      { system: 'openSUSE, SLES', command: 'sudo zypper install qemu' },
      { system: 'Arch', command: 'sudo pacman -S qemu-desktop' },
    ],
  }
}
