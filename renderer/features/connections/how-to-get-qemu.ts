/** How QEMU comes onto a computer: the packages of the distributions and of Homebrew. */
export interface QemuAdvice {
  readonly canRunHere: boolean
  readonly sentence: string
  readonly commands: readonly { readonly system: string; readonly command: string }[]
}

/** `platform` as Node names it; undefined while it is not known. */
export function howToGetQemu(platform: string | undefined): QemuAdvice {
  if (platform === 'win32')
    return {
      canRunHere: false,
      sentence: 'Innkeeper on Windows manages guests of Linux hosts: add one below, by SSH.',
      commands: [],
    }
  if (platform === 'darwin')
    return {
      canRunHere: true,
      sentence: 'Install QEMU to run virtual machines here; nothing else is needed.',
      commands: [{ system: 'Homebrew', command: 'brew install qemu' }],
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
