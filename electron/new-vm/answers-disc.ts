/** The answers for an installer: on a disc, made beside the first disk and kept as long as the VM, or in its initrd. */
import type {
  Answers,
  AnswersFacts,
  AnswersFile,
  AnswersFormat,
} from '../../shared/model/new-vm/answers/answers'
import { answersFiles } from '../../shared/model/new-vm/answers/files'
import { answersFormatOf, discLabelOf } from '../../shared/model/new-vm/answers/format'
import { mirrorOf, treeFormatOf } from '../../shared/model/new-vm/answers/in-tree'
import { hostNameFor } from '../../shared/model/new-vm/cloud-init'
import type { DetectedTree } from '../../shared/model/new-vm/install-tree'
import type { InstallSource, NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../shared/model/os/os'
import type { EditDocument } from '../domain-xml/edit/tree'
import { readItems } from '../domain-xml/hardware/view'
import { initrdFiles } from './first-start/initrd-files'
import { seedIso, type DiscFile } from './seed-iso'
import { newSalt, sha512Crypt } from './sha512-crypt'

type WithInstaller = Extract<InstallSource, { kind: 'iso' | 'tree' }>
export type Answered = WithInstaller & { readonly answers: Answers }

export function isAnswered(source: InstallSource): source is Answered {
  return (source.kind === 'iso' || source.kind === 'tree') && source.answers !== undefined
}

/** Undefined: nobody knows what it takes. */
export function formatFor(
  source: Answered,
  os: OsKnowledge | undefined,
  tree: DetectedTree | undefined,
): AnswersFormat | undefined {
  if (source.kind === 'tree') return tree && treeFormatOf(tree)
  return os && answersFormatOf(os)
}

/** The password is hashed when the files are made, and not before. */
export class WrittenAnswers {
  readonly #input: NewVmInput
  readonly #source: Answered
  readonly #document: EditDocument
  readonly #os: OsKnowledge | undefined
  readonly #format: AnswersFormat

  constructor(
    input: NewVmInput,
    source: Answered,
    document: EditDocument,
    os: OsKnowledge | undefined,
    format: AnswersFormat,
  ) {
    this.#input = input
    this.#source = source
    this.#document = document
    this.#os = os
    this.#format = format
  }

  /** To be shown: with a mark in place of the password. */
  preview(): readonly AnswersFile[] {
    return this.#files('(a hash of the password)', '(the password, encoded)')
  }

  async disc(): Promise<Uint8Array> {
    return seedIso(discLabelOf(this.#format) ?? '', await this.#withPassword(), new Date())
  }

  /** To be put behind an initrd. */
  async archive(): Promise<Uint8Array> {
    return initrdFiles(await this.#withPassword())
  }

  async #withPassword(): Promise<DiscFile[]> {
    const { answers } = this.#source
    const password = answers.kind === 'form' ? answers.form.user.password : undefined
    const files =
      password === undefined
        ? this.#files('', '')
        : this.#files(await sha512Crypt(password, newSalt()), windowsPassword(password))
    const encoder = new TextEncoder()
    return files.map(({ name, text }) => ({ name, bytes: encoder.encode(text) }))
  }

  #files(passwordHash: string, encodedPassword: string): readonly AnswersFile[] {
    const { answers, ...source } = this.#source
    const given = answers.kind === 'form' ? answers.form.hostname : undefined
    const mirror = source.kind === 'tree' ? mirrorOf(source.url) : undefined
    const facts: AnswersFacts = {
      hostname: given ?? hostNameFor(this.#input.name),
      passwordHash,
      windowsPassword: encodedPassword,
      ...machineFacts(this.#document),
      architecture: this.#input.guest.architecture,
      distro: this.#os?.distro,
      version: this.#os?.version,
      ...(mirror ? { mirror } : {}),
    }
    return answersFiles(this.#format, answers, facts)
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
