/** Which file of answers an installer takes, what it is called, and on what disc it looks for it by itself. */
import type { OsEntry } from '../../os/os'
import type { AnswersFormat } from './answers'

type Known = Pick<OsEntry, 'family' | 'distro' | 'version'>

const redHat = ['rhel', 'centos', 'almalinux', 'rocky', 'ol', 'eurolinux']

/** Undefined: none that is known here. */
export function answersFormatOf({ family, distro, version = '' }: Known): AnswersFormat | undefined {
  const number = Number.parseFloat(version)
  // "Rawhide", "testing", "tumbleweed" are newer than every number
  const isAtLeast = (least: number): boolean => Number.isNaN(number) || number >= least
  if (family === 'winnt') return distro === 'win' && number >= 6 ? 'windows' : undefined
  if (family !== 'linux') return undefined
  if (distro === 'fedora') return isAtLeast(20) ? 'kickstart' : undefined
  if (distro !== undefined && redHat.includes(distro)) return number >= 7 ? 'kickstart' : undefined
  if (distro === 'debian') return isAtLeast(8) ? 'preseed' : undefined
  if (distro === 'ubuntu') return ubuntu(number)
  // 16 has another installer, Agama
  if (distro === 'sle') return number >= 15 && number < 16 ? 'autoyast' : undefined
  if (distro === 'opensuse')
    return version === 'tumbleweed' || (number >= 15 && number < 16) ? 'autoyast' : undefined
  return undefined
}

function ubuntu(number: number): AnswersFormat | undefined {
  if (number >= 20.04) return 'autoinstall'
  return number >= 14.04 ? 'preseed' : undefined
}

/** As installers look for it, or are usually told. */
export function fileNameOf(format: AnswersFormat): string {
  switch (format) {
    case 'kickstart':
      return 'ks.cfg'
    case 'preseed':
      return 'preseed.cfg'
    case 'autoyast':
      return 'autoinst.xml'
    case 'autoinstall':
      return 'user-data'
    case 'windows':
      return 'autounattend.xml'
  }
}

/** Whether its installer looks for answers on a disc by itself. */
export function takesAnswersDisc(os: Known): boolean {
  const format = answersFormatOf(os)
  return format !== undefined && discLabelOf(format) !== undefined
}

/** What a disc is called that the installer looks for by itself. Undefined: it looks for none. */
export function discLabelOf(format: AnswersFormat): string | undefined {
  switch (format) {
    case 'kickstart':
    case 'autoyast':
      return 'OEMDRV'
    case 'autoinstall':
      return 'CIDATA'
    case 'windows':
      return 'ANSWERS'
    case 'preseed':
      return undefined
  }
}
