/** What keeps a container from starting, or opens the host to it. */
import type { NewVmInput, PlanProblem } from '../../shared/model/new-vm/new-vm'
import { error, warning } from './problem'
import type { Surroundings } from './surroundings'

export function containerProblems(input: NewVmInput, around: Surroundings): PlanProblem[] {
  const { source } = input
  if (source.kind !== 'container') return []
  const nics = input.nics.flatMap((nic, at) =>
    nic.source.kind === 'user'
      ? [
          error(
            `nics.${at}.source`,
            'Containers have no user network: no emulator stands between them and the host',
            'Choose a network or a bridge of the host, or remove the card.',
          ),
        ]
      : [],
  )
  return [
    ...rootProblems(source.root, around),
    ...initProblems(source, around),
    ...idProblems(source),
    ...nics,
    ...(input.disks.length > 0 || input.hasTpm || input.graphics !== 'none'
      ? [error('source', 'Containers have neither disks nor a display or a TPM', 'Leave them out.')]
      : []),
  ]
}

function rootProblems(root: string | undefined, { container }: Surroundings): PlanProblem[] {
  if (root === undefined) return []
  switch (container?.root) {
    case 'missing':
      return [
        error(
          'source.root',
          `There is no folder ${root} on this host`,
          'Make it there and put a system into it, or choose another.',
        ),
      ]
    case 'no-folder':
      return [error('source.root', `${root} is a file`, 'Choose a folder of the host.')]
    case 'empty':
      return [
        error(
          'source.root',
          `The folder ${root} is empty, so there is nothing to start`,
          'Put a system into it, with debootstrap or dnf --installroot for instance.',
        ),
      ]
    default:
      return []
  }
}

function initProblems(
  { init, root }: Extract<NewVmInput['source'], { kind: 'container' }>,
  { container }: Surroundings,
): PlanProblem[] {
  const where = root === undefined ? 'on this host' : `in ${root}`
  switch (container?.init) {
    case 'missing':
      return [
        error(
          'source.init',
          `There is no program ${init} ${where}`,
          'Choose one that is there, by its path.',
        ),
      ]
    case 'folder':
      return [error('source.init', `${init} is a folder`, 'Choose a program, by its path.')]
    case 'not-executable':
      return [
        error(
          'source.init',
          `${init} ${where} is no program: nobody may execute it`,
          'Choose another, or make it executable there (chmod +x).',
        ),
      ]
    default:
      return []
  }
}

function idProblems({ ids, root }: Extract<NewVmInput['source'], { kind: 'container' }>): PlanProblem[] {
  if (ids) return []
  return [
    warning(
      'source.ids',
      root === undefined
        ? "The container's root is the host's root, among all files of the host"
        : "The container's root is the host's root: who breaks out of it has the host",
      'Give it user IDs of its own, unless you trust all that runs in it.',
    ),
  ]
}
