import { median } from '../rpc/report'

export interface Measured {
  readonly transport: string
  readonly step: string
  readonly client: string
  readonly wallMs: number
}

/** Memory of a client's processes. Ours is Node's own with all that the compiler for scripts needs, besides. */
export interface Peak {
  readonly mib: number
  readonly aboveIdleMib: number
}

interface Line {
  readonly medianMs: number
  /** virsh's median divided by this one: above 1 it is faster than virsh. */
  readonly ratioToVirsh: number
}

export function reportTransfers(
  measured: readonly Measured[],
  peaks: Record<string, Record<string, Peak>>,
  about: Record<string, unknown>,
): Record<string, unknown> {
  const result: Record<string, Record<string, unknown>> = {}
  for (const { transport, step } of measured) {
    const here = measured.filter((one) => one.transport === transport && one.step === step)
    const medianOf = (client: string): number =>
      median(here.filter((one) => one.client === client).map(({ wallMs }) => wallMs))
    const lines: Record<string, Line> = {}
    for (const client of new Set(here.map((one) => one.client))) {
      lines[client] = {
        medianMs: Math.round(medianOf(client)),
        ratioToVirsh: Math.round((100 * medianOf('virsh')) / medianOf(client)) / 100,
      }
    }
    result[transport] = { ...result[transport], [step]: lines }
  }
  for (const [transport, clients] of Object.entries(peaks)) {
    result[transport] = { ...result[transport], peakMemory: clients }
  }
  return { about, ...result }
}
