/** Installing over the network: a folder on a web server ("tree") whose kernel and initrd make the first start of the VM. */
import { z } from 'zod'
import { answers } from './answers/answers'

const webAddress = /^https?:\/\/([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(\/[\w.~!$&'()*+,;=:@%/-]*)?$/

/** Without user, password, query and fragment: it goes to the installer's line, which everybody on the VM can read. */
export const treeUrl = z
  .string()
  .max(1000)
  .regex(
    webAddress,
    'Enter the address of a folder that begins with http:// or https://, without a user, "?" or "#"',
  )

/** Printable and one line, as a kernel's line is. */
export const kernelArgs = z
  .string()
  .max(1500)
  .regex(/^[ -~]*$/, 'Enter one line of plain letters, digits and signs')

/** One word, which installers take from places of their own as well ("nfs:…", "usb://…"). */
export const answersUrl = z
  .string()
  .max(1000)
  .regex(/^[!#-~]+$/, 'Enter an address without blanks and quotes')

export const treeSource = z.object({
  kind: z.literal('tree'),
  url: treeUrl,
  /** For the kernel of the installer, after those that follow from the rest. */
  kernelArgs,
  /** Address of a file that answers the installer's questions; absent: it asks. */
  answersUrl: answersUrl.optional(),
  /** Answers that go with the initrd instead, so that their pool does not count; Ubuntu's servers get a disc in it. */
  answers: answers.optional(),
  /** The installer is used on the serial line. */
  isTextConsole: z.boolean(),
})
export type TreeSource = z.output<typeof treeSource>

export const treeRef = z.object({ url: treeUrl })

/** Whose way of taking arguments it is: Fedora and its kin, SUSE, Debian, Ubuntu's servers. */
export type InstallerKind = 'anaconda' | 'yast' | 'debian' | 'subiquity' | 'other'

export interface DetectedTree {
  /** Absent: nobody knows the system, but it can be started. */
  readonly os?: { readonly id: string; readonly shortId: string; readonly name: string }
  /** What the tree calls itself: "Fedora 42"; empty where it says nothing. */
  readonly label: string
  readonly arch?: string
  readonly variant?: string
  /** Below the address. */
  readonly kernel: string
  readonly initrd?: string
  readonly installer: InstallerKind
  /** The word of the kernel's line that names the tree: "inst.repo"; absent: the installer asks, or finds out. */
  readonly urlArgument?: string
}

/** With the slash that makes it a folder. */
export function treeFolder(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}
