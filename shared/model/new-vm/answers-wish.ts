/** What the user chose of answers for the installer, and what the wizard makes of it. */
import { keyLines, takesImages, wordsOf } from './cloud-wish'
import type { Offer } from './suggest'
import { poolFor } from './suggest-places'

export interface AnswersWish {
  /** `url`: of the installer of a folder on the web, at an address that is the folder's wish. */
  readonly kind?: 'off' | 'form' | 'own' | 'url'
  readonly pool?: string
  readonly userName?: string
  readonly fullName?: string
  readonly password?: string
  /** One a line. */
  readonly sshKeys?: string
  /** Empty: after the VM. */
  readonly hostname?: string
  readonly language?: string
  readonly keyboard?: string
  readonly timeZone?: string
  /** As typed, with blanks, commas or lines between them. */
  readonly packages?: string
  readonly atEnd?: 'reboot' | 'power-off'
  readonly erasesDisk?: boolean
  readonly productKey?: string
  readonly edition?: string
  /** Of the user's own file. */
  readonly text?: string
}
export type ShownAnswers = Required<AnswersWish>

export function shownAnswers(
  wish: AnswersWish,
  { choices, usualPool, os }: Pick<Offer, 'choices' | 'usualPool' | 'os'>,
): ShownAnswers {
  const pools = (choices?.pools.items ?? []).filter(takesImages)
  return {
    kind: 'off',
    pool: poolFor(pools, usualPool)?.name ?? '',
    userName: 'user',
    fullName: '',
    password: '',
    sshKeys: '',
    hostname: '',
    language: 'en_US',
    keyboard: 'us',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    packages: '',
    atEnd: 'reboot',
    erasesDisk: false,
    productKey: '',
    // media have several, and a setup without a key asks which
    edition: os?.family === 'winnt' && os.shortId === 'win11' ? 'Windows 11 Pro' : '',
    text: '',
    ...wish,
  }
}

/** Checked by the schema afterwards, which is why wrong texts may be in it. */
export function answersSource(shown: ShownAnswers, family: string | undefined): unknown {
  const { kind, pool, text } = shown
  if (kind === 'off' || kind === 'url') return undefined
  if (kind === 'own') return { kind, pool, text }
  const hostname = shown.hostname.trim()
  const productKey = shown.productKey.trim().toUpperCase()
  const edition = shown.edition.trim()
  return {
    kind,
    pool,
    form: {
      user: {
        name: shown.userName.trim(),
        fullName: shown.fullName.trim(),
        password: shown.password,
        sshKeys: keyLines(shown.sshKeys),
      },
      ...(hostname === '' ? {} : { hostname }),
      language: shown.language.trim(),
      keyboard: shown.keyboard.trim(),
      timeZone: shown.timeZone.trim(),
      packages: wordsOf(shown.packages),
      atEnd: shown.atEnd,
      erasesDisk: shown.erasesDisk,
      ...(family === 'winnt'
        ? {
            windows: {
              ...(productKey === '' ? {} : { productKey }),
              ...(edition === '' ? {} : { edition }),
            },
          }
        : {}),
    },
  }
}
