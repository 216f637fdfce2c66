import type { DetectedMedium, DetectedOs } from './medium'

/** "Debian 12 installer, x86_64, starts with BIOS and UEFI". The label is the disc's own word. */
export function mediumText(medium: DetectedMedium): string {
  const { os } = medium
  return [osText(medium), ...(os?.arch === undefined ? [] : [os.arch]), startText(medium)].join(', ')
}

function osText({ os, label }: DetectedMedium): string {
  if (os === undefined) return label === '' ? 'Disc without a name' : `Disc “${label}”`
  const names = [os.name, ...os.others.map(({ name }) => shortened(name, os.name))].join(' or ')
  return `${os.isGuess === true ? 'Probably ' : ''}${names} ${kindOf(os)}`
}

/** "Microsoft Windows Server 2025 or 2022": what both begin with is said once. */
function shortened(name: string, first: string): string {
  const words = name.split(' ')
  const same = first.split(' ')
  let at = 0
  while (at < words.length - 1 && words[at] === same[at]) at += 1
  return words.slice(at).join(' ')
}

function kindOf({ isLive, isInstaller }: DetectedOs): string {
  if (isLive) return isInstaller ? 'live system and installer' : 'live system'
  return isInstaller ? 'installer' : 'medium'
}

function startText({ startsBios, startsEfi }: DetectedMedium): string {
  if (startsBios && startsEfi) return 'starts with BIOS and UEFI'
  if (startsEfi) return 'starts with UEFI only'
  return startsBios ? 'starts with BIOS only' : 'does not start a VM'
}
