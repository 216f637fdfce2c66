/** A file that answers an installer's questions: written by the user, or made of a short form. */
import { z } from 'zod'
import { hostName, packageName, sshPublicKey, userName } from '../cloud'

export const answersFormats = ['kickstart', 'preseed', 'autoinstall', 'autoyast', 'windows'] as const
export type AnswersFormat = (typeof answersFormats)[number]

/** More than this is no file of answers but a mistake. */
const maxLength = 512 * 1024

export const answersForm = z.object({
  user: z.object({
    name: userName,
    /** No sign that parts a line of /etc/passwd. */
    fullName: z
      .string()
      .max(128)
      .regex(/^[^\p{Cc}:,=\\"]*$/u, 'A name has no colons, commas, "=", quotes and backslashes'),
    /** Hashed where the format takes a hash, and shown nowhere. */
    password: z
      .string()
      .min(1, 'Enter a password')
      .max(127)
      .refine((text) => !/\p{Cc}/u.test(text), 'A password has no line breaks'),
    sshKeys: z.array(sshPublicKey).max(32),
  }),
  /** Absent: after the VM. */
  hostname: hostName.optional(),
  /** "en_US" */
  language: z.string().regex(/^[a-z]{2,3}_[A-Z]{2}$/, 'Enter a language and a country, such as en_US'),
  /** As X names layouts: "us", "de". */
  keyboard: z.string().regex(/^[a-z]{2,8}$/, 'Enter the short name of a layout, such as us or de'),
  /** "Europe/Berlin" */
  timeZone: z
    .string()
    .max(64)
    .regex(/^[A-Za-z]+([/_+-][A-Za-z0-9]+)*$/, 'Enter a time zone such as Europe/Berlin, or UTC'),
  packages: z.array(packageName).max(200),
  atEnd: z.enum(['reboot', 'power-off']),
  /** The user agreed that everything on the first disk goes. */
  erasesDisk: z.literal(true, 'Agree that the first disk is erased'),
  /** Of Windows only. */
  windows: z
    .object({
      productKey: z
        .string()
        .regex(/^([A-Z0-9]{5}-){4}[A-Z0-9]{5}$/, 'A product key has five groups of five letters and digits')
        .optional(),
      /** As the medium calls it: "Windows 11 Pro". */
      edition: z
        .string()
        .max(100)
        .regex(/^[\w .()-]+$/, 'Enter the edition as the disc calls it, such as Windows 11 Pro')
        .optional(),
    })
    .optional(),
})
export type AnswersForm = z.output<typeof answersForm>

export const answers = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('form'), pool: z.string().min(1).max(256), form: answersForm }),
  /** Taken as it is. */
  z.object({
    kind: z.literal('own'),
    pool: z.string().min(1).max(256),
    text: z.string().min(1, 'The file is empty').max(maxLength, 'This is longer than 512 KiB'),
  }),
])
export type Answers = z.output<typeof answers>

/** What must be known beside the form. */
export interface AnswersFacts {
  readonly hostname: string
  /** SHA-512 crypt; the mark that stands for it in a preview. */
  readonly passwordHash: string
  /** As Windows takes it (`windowsPassword`), or the mark. */
  readonly windowsPassword: string
  /** The first disk as the installed system will see it: "vda". */
  readonly disk: string
  readonly isEfi: boolean
  readonly architecture: string
  /** "opensuse", "sle": whose words for products are known. */
  readonly distro: string | undefined
  readonly version: string | undefined
  /** Where the packages are, of a folder on the web that is installed from; absent: where the distribution has them. */
  readonly mirror?: Mirror
}

export interface Mirror {
  readonly protocol: 'http' | 'https'
  /** With its port. */
  readonly host: string
  /** "/debian" */
  readonly folder: string
}

export interface AnswersFile {
  readonly name: string
  readonly text: string
}
