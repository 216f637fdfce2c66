/** What the file of a cloud image says by its name, which its maker chose: most makers' names tell the release. */

/** The known signs of cloud images, or of a system's release for such images. */
export function looksLikeCloudImage(name: string, format: string | undefined): boolean {
  if (/\.iso$/i.test(name) || (format !== undefined && !['qcow2', 'raw'].includes(format))) return false
  if (format === undefined && !/\.(qcow2|img|raw)$/i.test(name)) return false
  return (
    /cloud|cirros|[-_.]kvm\b|cloudimg|nocloud|azure|openstack|ec2|minimal-vm/i.test(name) ||
    osOfImageName(name) !== undefined
  )
}

interface NameRule {
  readonly name: RegExp
  /** The short name in the catalogue of operating systems, of the parts that were found. */
  readonly os: (...parts: string[]) => string
}

const rules: readonly NameRule[] = [
  {
    name: /^debian-(\d+)-(?:generic|nocloud|openstack|azure|ec2|backports)/,
    os: (version) => `debian${version}`,
  },
  { name: /^ubuntu-(\d\d\.\d\d)-.*(?:cloudimg|kvm)/, os: (version) => `ubuntu${version}` },
  { name: /^([a-z]+)-(?:server|minimal)-cloudimg/, os: (codename) => `ubuntu${codename}` },
  { name: /^fedora-(?:server-)?cloud.*?-(\d\d)[-.]/, os: (version) => `fedora${version}` },
  { name: /^centos-stream-.*?(\d+)[-.]/, os: (version) => `centos-stream${version}` },
  { name: /^centos-7-.*cloud/, os: () => 'centos7.0' },
  { name: /^almalinux-(\d+)-(?:genericcloud|opennebula|kvm)/, os: (version) => `almalinux${version}` },
  { name: /^rocky-(\d+)-(?:genericcloud|openstack|kvm)/, os: (version) => `rocky${version}` },
  { name: /^rhel-(\d+\.\d+)-.*kvm/, os: (version) => `rhel${version}` },
  { name: /^ol(\d+)u(\d+)_.*kvm/, os: (version, update) => `ol${version}.${update}` },
  { name: /^opensuse-leap-(\d+\.\d)/, os: (version) => `opensuse${version}` },
  { name: /^opensuse-tumbleweed/, os: () => 'opensusetumbleweed' },
  { name: /^sles(\d+)-sp(\d)-.*(?:cloud|kvm)/, os: (version, pack) => `sle${version}sp${pack}` },
  { name: /^arch-linux-/, os: () => 'archlinux' },
  { name: /^(?:nocloud|generic)_alpine-(\d\.\d+)/, os: (version) => `alpinelinux${version}` },
  { name: /^freebsd-(\d+\.\d)-release/, os: (version) => `freebsd${version}` },
  { name: /^cirros-(\d\.\d\.\d)/, os: (version) => `cirros${version}` },
]

/** A short name such as "debian12", which the catalogue may know or not. */
export function osOfImageName(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  for (const rule of rules) {
    const found = rule.name.exec(name)
    if (found) return rule.os(...found.slice(1))
  }
  return undefined
}
