/** What a move comes to, and what stands against it. Changes nothing. */
import { AppError } from '../../shared/errors'
import type { MoveInput, MovePlan, PlannedMoveNetwork } from '../../shared/model/migration/move'
import type { HypervisorSession } from '../backends/backend'
import { bad } from './checks/check'
import { cpuChecks } from './checks/cpu'
import { deviceChecks } from './checks/devices'
import { hostChecks } from './checks/hosts'
import { placeChecks } from './checks/places'
import { subnetChecks } from './checks/subnet'
import { cardNetwork } from './definitions'
import { placesOf } from './disk-places'
import { lookAround, type MoveSurroundings } from './look'
import { migrateWords } from './virsh-migrate'

export interface WorkedOutMove {
  readonly plan: MovePlan
  readonly around: MoveSurroundings
}

export async function workOutMove(
  from: HypervisorSession,
  to: HypervisorSession,
  input: MoveInput,
): Promise<WorkedOutMove> {
  if (from.migration.kind() !== to.migration.kind())
    throw new AppError('unsupported', 'VMs move between hosts of the same kind only', {
      cure: 'Choose a destination with the same hypervisor; export the VM to bring it to another.',
      field: 'to',
    })
  const around = await lookAround(from, to, input)
  const { vm, isRunning, document, targetChoices, targetPools, commonCpu } = around
  const disks = placesOf(around, input.options)
  const networks = networksOf(around, input)
  const needsBoth = !isRunning && input.options.storage !== 'shared' && input.options.storage === 'topLayer'
  const words =
    isRunning || input.options.storage === 'shared'
      ? migrateWords(vm.name, to.migration.uri(), input.options, isRunning)
      : undefined
  const command = words && from.virsh(words)
  return {
    around,
    plan: {
      name: vm.name,
      isRunning,
      memoryBytes: vm.maxMemoryBytes,
      disks,
      networks,
      offered: {
        networks: (targetChoices?.networks.items ?? [])
          .filter(({ isActive }) => isActive)
          .map(({ name }) => name),
        bridges: (targetChoices?.interfaces.items ?? [])
          .filter(({ kind }) => kind === 'bridge')
          .map(({ name }) => name),
        pools: targetPools.map(({ name, availableBytes }) => ({
          name,
          ...(availableBytes === undefined ? {} : { freeBytes: availableBytes }),
        })),
      },
      checks: [
        ...(needsBoth
          ? [
              bad('error', 'options.storage', 'Options', 'Of a VM that is off disks are copied in full.', {
                field: 'storage',
                cure: 'Copy the disks in full.',
              }),
            ]
          : []),
        ...hostChecks(input, around),
        ...cpuChecks(around),
        ...(isRunning ? subnetChecks(around) : []),
        ...placeChecks(input, around, disks, networks),
        ...deviceChecks(around),
      ],
      ...(commonCpu === undefined ? {} : { commonCpu }),
      stays: staysOf(
        input,
        around,
        disks.filter(({ isCopied }) => isCopied).map(({ from: path }) => path),
      ),
      ...(command === undefined ? {} : { command }),
    },
  }

  function networksOf(
    { document: { root } }: MoveSurroundings,
    { options }: MoveInput,
  ): PlannedMoveNetwork[] {
    const there = new Set([
      ...(targetChoices?.networks.items ?? []).map(({ name }) => `network ${name}`),
      ...(targetChoices?.interfaces.items ?? []).map(({ name }) => `bridge ${name}`),
    ])
    const found = new Map<string, PlannedMoveNetwork>()
    for (const card of root.find('devices')?.children('interface') ?? []) {
      const known = cardNetwork(card)
      if (!known) continue
      const wanted = options.networks?.find((one) => one.from === known.from)?.to ?? known.from
      const isThere = there.has(`${known.isBridge ? 'bridge' : 'network'} ${wanted}`)
      found.set(known.from, { ...known, ...(isThere ? { to: wanted } : {}) })
    }
    return [...found.values()]
  }

  function staysOf({ options }: MoveInput, _: MoveSurroundings, copied: readonly string[]): string[] {
    const hasStored = document !== undefined && around.definitions.stored !== undefined
    return [
      ...(hasStored && !options.removesSource ? ['Its definition stays at the source, shut off.'] : []),
      ...(copied.length > 0
        ? [
            `The disks stay at the source as they were at the end: ${copied.join(', ')}. Delete them there when all is well.`,
          ]
        : []),
    ]
  }
}
