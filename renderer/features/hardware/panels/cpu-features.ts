/** Features of a VM's processor: those set in its definition, and those that the host tells of. Pure. */
import { plain, type Row, type Values } from '../../../../shared/model/hardware/field'
import type { GuestCapabilities } from '../../../../shared/model/host-details'

export interface FeatureLine {
  readonly name: string
  /** What is known about it: "this host has it". */
  readonly note?: string
  /** Where it is set. */
  readonly policy?: string
}

const hasIt = 'this host has it'
const lacksIt = 'this host lacks it'

/** Those that are set come first, as they are in the definition; then the host's by name. */
export function featureLines(values: Values, capabilities: GuestCapabilities | undefined): FeatureLine[] {
  const set = featureRows(values)
  const known = knownFeatures(values, capabilities)
  const note = (name: string): { note?: string } => {
    const found = known.get(name)
    return found === undefined ? {} : { note: found }
  }
  const named = new Set(set.map(({ name }) => plain(name)))
  return [
    ...[...named].map((name): FeatureLine => {
      const row = set.find((one) => one['name'] === name)
      return { name, policy: plain(row?.['policy']), ...note(name) }
    }),
    ...[...known.keys()]
      .filter((name) => !named.has(name))
      .toSorted()
      .map((name): FeatureLine => ({ name, ...note(name) })),
  ]
}

function knownFeatures(
  { model }: Values,
  capabilities: GuestCapabilities | undefined,
): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  for (const { name, policy } of capabilities?.hostModel?.features ?? [])
    known.set(name, policy === 'disable' || policy === 'forbid' ? lacksIt : hasIt)
  const chosen = capabilities?.cpuModels.find((one) => one.name === model)
  for (const name of chosen?.blockers ?? []) known.set(name, `the model has it, ${lacksIt}`)
  return known
}

export function featureRows({ features }: Values): readonly Row[] {
  return Array.isArray(features) ? (features as readonly Row[]) : []
}

/** The field when a feature gets this policy; without one it is as the model has it. */
export function withPolicy(values: Values, name: string, policy: string | undefined): Values {
  const rows = featureRows(values)
  const at = rows.findIndex((row) => row['name'] === name)
  const next =
    policy === undefined
      ? rows.filter((row) => row['name'] !== name)
      : at === -1
        ? [...rows, { name, policy }]
        : rows.with(at, { ...rows[at], policy })
  return { features: next.length === 0 ? undefined : next }
}

export function isFeatureName(text: string): boolean {
  return /^[\w.-]{1,100}$/.test(text)
}
