/** What stands against installing from a folder on a web server. */
import { errorData } from '../../shared/errors'
import type { DetectedTree, TreeSource } from '../../shared/model/new-vm/install-tree'
import { answersWords, maxKernelLine } from '../../shared/model/new-vm/kernel-line'
import type { NewVmInput, PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { FirstStart } from './first-start/plan'
import { error, warning } from './problem'
import type { Surroundings } from './surroundings'

export type LookedAtTree = { readonly tree: DetectedTree } | { readonly failed: unknown }

export async function lookAtTree(
  { source }: NewVmInput,
  writer: { tree(url: string): Promise<DetectedTree> },
): Promise<LookedAtTree | undefined> {
  if (source.kind !== 'tree') return undefined
  try {
    return { tree: await writer.tree(source.url) }
  } catch (failed) {
    return { failed }
  }
}

export function treeProblems(
  input: NewVmInput,
  source: TreeSource,
  looked: LookedAtTree,
  start: FirstStart | undefined,
  { pools }: Surroundings,
): PlanProblem[] {
  return [
    ...('tree' in looked ? ofTree(input, source, looked.tree) : [ofFailure(looked.failed)]),
    ...('tree' in looked && !start && pools.isComplete
      ? [
          error(
            'source',
            'This host has no pool for the kernel that the installation starts with',
            'Make or start a pool that is a folder, on the Storage page of the host.',
          ),
        ]
      : []),
    ...(start && start.line.length > maxKernelLine
      ? [
          error(
            'source.kernelArgs',
            `The line for the kernel is longer than the ${maxKernelLine} letters that it takes`,
            'Shorten the arguments.',
          ),
        ]
      : []),
    ...(input.startsNow
      ? []
      : [
          error(
            'startsNow',
            'An installation over the network begins when the VM is created',
            'Turn on that it starts now.',
          ),
        ]),
    ...(source.isTextConsole && input.guest.osType !== 'hvm'
      ? [
          warning(
            'source.isTextConsole',
            'Guests of this kind have a console of their own and no serial line',
            'Give its name among the arguments for the kernel, such as console=hvc0.',
          ),
        ]
      : []),
    ...(input.firmware === 'efi-secure'
      ? [
          warning(
            'firmware',
            'With Secure Boot, the firmware may refuse the kernel of the installer',
            'When it does not start, install without Secure Boot and turn it on afterwards.',
          ),
        ]
      : []),
  ]
}

function ofFailure(failed: unknown): PlanProblem {
  const { message, cure } = errorData(failed)
  return error('source.url', message, cure)
}

function ofTree({ guest }: NewVmInput, source: TreeSource, tree: DetectedTree): PlanProblem[] {
  return [
    ...(tree.arch === undefined || runs(guest.architecture, tree.arch)
      ? []
      : [
          error(
            'source.url',
            `What lies there is for ${tree.arch}, and the VM is ${guest.architecture}`,
            'Choose the folder of the other architecture, or another kind of guest.',
          ),
        ]),
    // its kernel has no system of its own: https://ubuntu.com/server/docs/how-to/installation/how-to-netboot-the-server-installer-on-amd64/
    ...(tree.installer === 'subiquity' && !/(^| )(url|netboot|iso-url)=/.test(source.kernelArgs)
      ? [
          warning(
            'source.kernelArgs',
            'Ubuntu’s installer loads its ISO image from an address, which it is not told',
            'Add ip=dhcp url=http://… with the address of the ISO image to the arguments for the kernel.',
          ),
        ]
      : []),
    ...(source.answersUrl !== undefined && answersWords(tree, source.answersUrl) === undefined
      ? [
          error(
            'source.answersUrl',
            'How this installer is given a file with answers is not known',
            'Write what it needs into the arguments for the kernel.',
          ),
        ]
      : []),
  ]
}

const olderNames: Readonly<Record<string, string>> = {
  i386: 'i686',
  i586: 'i686',
  amd64: 'x86_64',
  arm64: 'aarch64',
  ppc64el: 'ppc64le',
  armhf: 'armv7l',
}

function runs(guest: string, tree: string): boolean {
  const [of, wanted] = [guest, tree].map((name) => olderNames[name] ?? name)
  if (of === wanted || wanted === 'all' || wanted === 'noarch') return true
  // libvirt has one name for both ways of the same processor
  if (of?.startsWith('ppc64') && wanted?.startsWith('ppc64')) return true
  return of === 'x86_64' && wanted === 'i686'
}
