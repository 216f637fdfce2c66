/**
 * Operating systems as other products name them: the number is CIM_OperatingSystem.OsType, the word VMware's guest id, which
 * VirtualBox knows as well. What is not known here is said by its family only.
 */
export interface OvfSystem {
  readonly id: number
  readonly description: string
  readonly vmware: string
}

const known: readonly (readonly [pattern: RegExp, id: number, description: string, vmware: string])[] = [
  [/\/debian\//, 96, 'Debian GNU/Linux (64-bit)', 'debian10-64'],
  [/\/ubuntu\//, 94, 'Ubuntu (64-bit)', 'ubuntu-64'],
  [/\/(rhel|redhat)\//, 80, 'Red Hat Enterprise Linux (64-bit)', 'rhel8-64'],
  [/\/centos\//, 107, 'CentOS (64-bit)', 'centos8-64'],
  [/\/fedora\//, 101, 'Fedora (64-bit)', 'fedora-64'],
  [/\/sles?\//, 85, 'SUSE Linux Enterprise (64-bit)', 'sles15-64'],
  [/\/opensuse\//, 83, 'openSUSE (64-bit)', 'opensuse-64'],
  [/\/freebsd\//, 78, 'FreeBSD (64-bit)', 'freebsd12-64'],
  [/microsoft\.com\/win\/2k/, 1, 'Windows Server (64-bit)', 'windows2019srv-64'],
  [/microsoft\.com\/win\/(10|11)/, 1, 'Windows (64-bit)', 'windows9-64'],
  [/microsoft\.com\/win\/(7|8)/, 1, 'Windows (64-bit)', 'windows7-64'],
]

export function ovfSystem(osId: string | undefined): OvfSystem {
  const [, id, description, vmware] = known.find(([pattern]) => pattern.test(osId ?? '')) ?? []
  if (id !== undefined && description !== undefined && vmware !== undefined)
    return { id, description, vmware }
  if (osId === undefined || /microsoft\.com|bsd/i.test(osId))
    return { id: 102, description: 'Other (64-bit)', vmware: 'other-64' }
  return { id: 101, description: 'Linux (64-bit)', vmware: 'other3xlinux-64' }
}
