/** The disc that an installer finds its answers on, made beside the first disk and kept as long as the VM. */
import type { Answers, AnswersFacts, AnswersFile } from '../../shared/model/new-vm/answers/answers'
import { answersFiles } from '../../shared/model/new-vm/answers/files'
import { answersFormatOf, discOf } from '../../shared/model/new-vm/answers/format'
import { hostNameFor } from '../../shared/model/new-vm/cloud-init'
import type { InstallSource, NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../shared/model/os/os'
import type { EditDocument } from '../domain-xml/edit/tree'
import { readItems } from '../domain-xml/hardware/view'
import { seedIso } from './seed-iso'
import { newSalt, sha512Crypt } from './sha512-crypt'

type IsoSource = Extract<InstallSource, { kind: 'iso' }>
export type Answered = IsoSource & { readonly answers: Answers }

export function isAnswered(source: InstallSource): source is Answered {
  return source.kind === 'iso' && source.answers !== undefined
}

/** The password is hashed when the disc is made, and not before. */
export class AnswersDisc {
  readonly #input: NewVmInput
  readonly #source: Answered
  readonly #document: EditDocument
  readonly #os: OsKnowledge

  constructor(input: NewVmInput, source: Answered, document: EditDocument, os: OsKnowledge) {
    this.#input = input
    this.#source = source
    this.#document = document
    this.#os = os
  }

  /** To be shown: with a mark in place of the password. */
  preview(): readonly AnswersFile[] {
    return this.#files('(a hash of the password)', '(the password, encoded)')
  }

  async disc(): Promise<Uint8Array> {
    const { answers } = this.#source
    const password = answers.kind === 'form' ? answers.form.user.password : undefined
    const files =
      password === undefined
        ? this.#files('', '')
        : this.#files(await sha512Crypt(password, newSalt()), windowsPassword(password))
    const encoder = new TextEncoder()
    return seedIso(
      this.#disc()?.label ?? '',
      files.map(({ name, text }) => ({ name, bytes: encoder.encode(text) })),
      new Date(),
    )
  }

  #disc(): ReturnType<typeof discOf> {
    const format = answersFormatOf(this.#os)
    return format && discOf(format)
  }

  #files(passwordHash: string, encodedPassword: string): readonly AnswersFile[] {
    const format = answersFormatOf(this.#os)
    if (!format) return []
    const { answers } = this.#source
    const given = answers.kind === 'form' ? answers.form.hostname : undefined
    const { distro, version } = this.#os
    const facts: AnswersFacts = {
      hostname: given ?? hostNameFor(this.#input.name),
      passwordHash,
      windowsPassword: encodedPassword,
      ...machineFacts(this.#document),
      architecture: this.#input.guest.architecture,
      distro,
      version,
    }
    return answersFiles(format, answers, facts)
  }
}

/** Of the VM as it is in the end, also when the user changed it on the hardware pages. */
function machineFacts(document: EditDocument): Pick<AnswersFacts, 'disk' | 'isEfi'> {
  const items = readItems(document.root, undefined)
  const first = items.find(({ ref, values }) => ref.kind === 'disk' && values['device'] === 'disk')
  const boot = items.find(({ ref }) => ref.kind === 'boot')
  return { disk: firstOf(first?.values['bus']), isEfi: boot?.values['firmware'] === 'efi' }
}

/** As Linux names the first disk of a bus. */
function firstOf(bus: unknown): string {
  switch (bus) {
    case 'virtio':
      return 'vda'
    case 'xen':
      return 'xvda'
    case 'nvme':
      return 'nvme0n1'
    default:
      return 'sda'
  }
}

/** Encoded and not encrypted: with the name of its element behind it, as Windows System Image Manager writes it. */
function windowsPassword(password: string): string {
  return Buffer.from(`${password}Password`, 'utf16le').toString('base64')
}
