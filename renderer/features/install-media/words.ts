import type { InstallMedium, MediumRole } from '../../../shared/model/new-vm/install-media'

const roles: Record<MediumRole, string> = {
  answers: 'the answers for the installer',
  install: 'the installation disc',
  more: 'a further disc',
}

export function fileName(place: string): string {
  return place.slice(place.lastIndexOf('/') + 1)
}

export function roleText(role: MediumRole): string {
  return roles[role]
}

/** "debian-12.iso and web-01-answers.iso" */
export function mediaInWords(media: readonly InstallMedium[]): string {
  const names = media.map(({ place }) => fileName(place))
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
