/**
 * A VM of a definition somebody has. It is held against the host by the rules for new VMs; what would clash with VMs that
 * are there (name, UUID, MAC addresses, UEFI variables) is refused or made anew, and told.
 */
import { AppError } from '../../shared/errors'
import { conversionNames, xenKindNames, type ConversionOffer } from '../../shared/model/new-vm/conversion'
import { usersOfMac } from '../../shared/model/host-choices'
import type { FromDefinitionInput, FromDefinitionPlan } from '../../shared/model/new-vm/from-definition'
import { newVmInput, type NewVmInput, type PlanProblem } from '../../shared/model/new-vm/new-vm'
import type { HypervisorSession } from '../backends/backend'
import { readAt, writeAt } from '../domain-xml/edit/path'
import { EditDocument } from '../domain-xml/edit/tree'
import { hasMaskedSecrets, maskSecrets } from '../domain-xml/secrets'
import { inputOfDefinition } from './definition-input'
import type { VmToMake } from './create'
import { error, warning } from './problem'
import { problemsOf } from './problems'
import { resolveNewVm } from './resolve'
import { readSurroundings } from './surroundings'
import { templateProblems } from './template-problems'
import { newVmUuid } from './vm-uuid'
import { conversionOffer, xenKindOf } from './xen/source'

export interface WorkedOutDefinition {
  readonly plan: FromDefinitionPlan
  /** Absent where something stands against it. */
  readonly ready?: { readonly input: NewVmInput; readonly worked: VmToMake }
}

/** What is not on the host yet, but will be before the definition is stored. */
export interface ComesAlong {
  /** By the disk's target. */
  isComing(target: string): boolean
  /** Where its UEFI variables will be. */
  readonly nvram?: string
}

export async function workOutDefinition(
  session: HypervisorSession,
  wanted: FromDefinitionInput,
  along: ComesAlong = { isComing: () => false },
): Promise<WorkedOutDefinition> {
  const document = parsed(wanted.xml)
  if (!(document instanceof EditDocument)) return refused(document)
  const { root } = document
  const uuid = readAt(root, 'uuid')?.toLowerCase()
  const hasUuid = uuid !== undefined && uuid !== ''
  const name = wanted.name ?? readAt(root, 'name')
  const offer =
    xenKindOf(root) === undefined
      ? undefined
      : conversionOffer(root, await session.capabilities().catch(() => undefined))
  const conversion = offer ? { conversion: offer } : {}
  // disks that come along are looked at by who brings them
  const there = document.clone()
  for (const disk of there.root.find('devices')?.children('disk') ?? [])
    if (along.isComing(readAt(disk, 'target/@dev') ?? '')) disk.remove()
  const found = newVmInput.safeParse(inputOfDefinition(there, wanted, name))
  if (!found.success) {
    const [issue] = found.error.issues
    const field = issue?.path[0] === 'name' ? 'name' : 'xml'
    const message = field === 'name' ? (issue?.message ?? 'Enter a name') : notUsable(issue?.path.join('.'))
    return refused(error(field, message), { hasUuid, ...conversion, ...(name === undefined ? {} : { name }) })
  }
  const input = found.data
  const [around, choices] = await Promise.all([
    readSurroundings(session, input),
    session.hostChoices().catch(() => undefined),
  ])
  const taken = new Map((around.vms ?? []).map((vm) => [vm.id as string, vm.name]))
  const keeps = hasUuid && wanted.identity === 'keep'
  const own = keeps ? uuid : newVmUuid(input.host, input.name, new Set(taken.keys()))
  const problems = [
    ...(hasMaskedSecrets(document)
      ? [
          error(
            'xml',
            'Passwords were left out of this text: marks stand in their place',
            'Put the passwords where the marks are, or take these attributes and elements out.',
          ),
        ]
      : []),
    ...(keeps && taken.has(own)
      ? [
          error(
            'identity',
            `Its UUID belongs to ${taken.get(own) ?? 'another VM'} on this host`,
            'Give it a new one, which makes it a VM of its own.',
          ),
        ]
      : []),
    ...templateProblems(root, 'xml', wanted.startsNow),
    ...problemsOf(input, around, resolveNewVm(input, around, own), undefined).map((one) =>
      one.field === 'guest' && offer?.isNeeded === true ? madeForXen(offer) : ofText(one, wanted.startsNow),
    ),
  ]
  const before = EditDocument.parse(wanted.xml).root
  writeAt(root, 'name', input.name)
  writeAt(root, 'uuid', own)
  root.setAttribute('id', undefined)
  const isOther = !keeps || readAt(before, 'name') !== input.name
  if (along.nvram !== undefined) {
    const source = root.find('os', 'nvram')?.find('source')
    if (source) source.setAttribute('file', along.nvram)
    else writeAt(root, 'os/nvram', along.nvram)
  } else if (isOther && readAt(root, 'os/nvram') !== undefined && readAt(root, 'os/nvram') !== '') {
    writeAt(root, 'os/nvram', undefined)
    problems.push(
      warning(
        'xml',
        'It gets UEFI variables of its own',
        'What was stored in the others, such as boot entries, is not taken along.',
      ),
    )
  }
  for (const nic of root.find('devices')?.children('interface') ?? []) {
    const mac = readAt(nic, 'mac/@address')
    const users = mac === undefined ? [] : usersOfMac(choices?.macs.items ?? [], mac)
    if (mac === undefined || users.length === 0) continue
    nic.find('mac')?.remove()
    problems.push(
      warning(
        'xml',
        `The MAC address ${mac} belongs to ${users.join(', ')} on this host, so this card gets a new one`,
        'Two cards with one address cannot both be reached.',
      ),
    )
  }
  const isReady = !problems.some(({ level }) => level === 'error')
  const xml = document.toString()
  return {
    plan: { name: input.name, hasUuid, ...conversion, xml: maskSecrets(document), problems },
    ...(isReady
      ? {
          ready: {
            input,
            worked: {
              uuid: own,
              resolved: { ...resolveNewVm(input, around, own), volumes: [] },
              definitionWith: () => xml,
            },
          },
        }
      : {}),
  }
}

function refused(problem: PlanProblem, more: Partial<FromDefinitionPlan> = {}): WorkedOutDefinition {
  return { plan: { hasUuid: false, ...more, problems: [problem] } }
}

function madeForXen({ from, to }: ConversionOffer): PlanProblem {
  return error(
    'xml',
    `This definition was made for Xen, for a ${xenKindNames[from]} guest, and this host has no Xen`,
    `It has to be converted for ${conversionNames[to]} first, or goes to a host that has Xen.`,
  )
}

function parsed(xml: string): EditDocument | PlanProblem {
  let document: EditDocument
  try {
    document = EditDocument.parse(xml)
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    return error(
      'xml',
      'This is not well-formed XML',
      cause.detail ?? 'See where it breaks off, and mend it there.',
    )
  }
  if (document.root.name === 'domain') return document
  return error(
    'xml',
    `This is no definition of a VM: it begins with <${document.root.name}>`,
    'A definition of a VM begins with <domain>.',
  )
}

function notUsable(path = ''): string {
  const what: Readonly<Record<string, string>> = {
    guest: 'what kind of guest it is (type, os)',
    memoryBytes: 'how much memory the VM has',
    vcpuCount: 'how many virtual CPUs the VM has',
  }
  return `The definition does not say ${what[path.split('.')[0] ?? ''] ?? `all that is needed (${path})`}`
}

/**
 * Fields of the wizard are places in the text here. A definition is stored whether its disks and networks are there or
 * not, as they may come later; only the start needs them.
 */
function ofText(problem: PlanProblem, startsNow: boolean): PlanProblem {
  const { field = '' } = problem
  if (field === 'name') return problem
  const isLater = /^(disks|nics|source|memoryBytes)/.test(field) && !startsNow
  return { ...problem, field: 'xml', ...(isLater ? { level: 'warning' as const } : {}) }
}
