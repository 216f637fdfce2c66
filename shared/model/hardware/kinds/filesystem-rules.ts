import { shellWord } from '../../../shell-word'
import { plain, type Values } from '../field'
import { isContainer, isWindows, itemsOf, type CheckContext, type Problem } from '../kind'
import { own } from '../own'
import { hasSharedMemory, sharedMemoryProblem } from '../shared-memory'

const sources: Record<string, readonly string[]> = {
  mount: ['directory', 'socket'],
  bind: ['directory'],
  file: ['image'],
  block: ['device'],
  ram: ['memoryBytes'],
  template: ['templateName'],
}

/** What is typed in the guest to see the folder; undefined where the guest does that by itself. */
export function mountCommand(values: Values): string | undefined {
  const tag = plain(values.target)
  if (tag === '') return undefined
  // a word that begins with a hyphen would be an option
  const word = `${tag.startsWith('-') ? '-- ' : ''}${shellWord(tag)}`
  return values.driver === 'virtiofs'
    ? `mount -t virtiofs ${word} /mnt`
    : `mount -t 9p -o trans=virtio,version=9p2000.L ${word} /mnt`
}

export function filesystemProblems(values: Values, context: CheckContext): Problem[] {
  const problems: Problem[] = []
  const add = (severity: Problem['severity'], field: string, message: string): void => {
    problems.push({
      severity,
      message,
      field,
      ...(context.self === undefined ? {} : { item: context.self }),
    })
  }
  const type = plain(values.type) || 'mount'
  const wanted = own(sources, type) ?? []
  if (wanted.length > 0 && wanted.every((field) => values[field] === undefined))
    add('error', wanted[0] ?? 'type', 'Choose what the guest shall see')
  if (values.directory !== undefined && values.socket !== undefined)
    add('error', 'socket', 'A virtiofsd of your own knows its folder: set one of both')
  const target = plain(values.target)
  const isTaken = itemsOf(context, 'filesystem').some(
    (item) => item.ref.key !== context.self?.key && item.values.target === target,
  )
  if (target !== '' && isTaken) add('error', 'target', `Another one is called ${target}`)
  if (values.driver === 'virtiofs' && (type !== 'mount' || isContainer(context)))
    add('error', 'driver', 'virtiofs shares folders of the host with VMs, nothing else')
  if (isContainer(context)) {
    if (!target.startsWith('/')) add('error', 'target', 'Enter a path in the container, beginning with "/"')
    return problems
  }
  if (type !== 'mount') {
    add('error', 'type', 'VMs share folders of the host; the other kinds are for containers')
    return problems
  }
  sharedFolderProblems(values, context, add)
  if (values.driver === 'virtiofs' && !hasSharedMemory(context))
    problems.push(sharedMemoryProblem(context, 'driver'))
  return problems
}

function sharedFolderProblems(
  values: Values,
  context: CheckContext,
  add: (severity: Problem['severity'], field: string, message: string) => void,
): void {
  const isVirtiofs = values.driver === 'virtiofs'
  const target = plain(values.target)
  if (target.length > (isVirtiofs ? 36 : 31))
    add('error', 'target', `Use at most ${isVirtiofs ? 36 : 31} characters`)
  for (const mode of ['fileMode', 'folderMode'])
    if (values[mode] !== undefined && !/^(0[0-7]{3}|[0-7]{1,3})$/.test(plain(values[mode])))
      add('error', mode, 'Enter an octal number such as 644')
  if (['loop', 'nbd', 'ploop'].includes(plain(values.driver)))
    add('error', 'driver', 'This driver is for images of containers; choose virtiofs or 9p')
  if (values.driver === 'handle')
    add('error', 'driver', 'QEMU no longer has this driver; choose virtiofs or 9p')
  if (isVirtiofs && values.accessMode !== undefined && values.accessMode !== 'passthrough')
    add('error', 'accessMode', 'virtiofs keeps owners and rights as they are')
  if (isVirtiofs && values.readOnly === true)
    add('error', 'readOnly', 'virtiofs cannot be read-only; take the rights away on the host instead')
  if (values.sandbox === 'chroot' && values.binary === undefined)
    add('hint', 'sandbox', 'A virtiofsd that is not root cannot change its root')
  if (isVirtiofs)
    add('hint', 'driver', 'A VM with virtiofs cannot be moved to another host, or saved, while it runs')
  else
    add('hint', 'driver', 'While the guest has it mounted, the VM cannot be moved to another host or saved')
  const command = mountCommand(values)
  if (command !== undefined) {
    const inWindows = 'Windows needs WinFsp and the VirtIO-FS service to show the folder as a drive'
    add('hint', 'target', isWindows(context) ? inWindows : `In the guest: ${command}`)
  }
}
