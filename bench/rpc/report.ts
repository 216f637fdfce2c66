import type { Cost } from './peer'

export interface Measured extends Cost {
  readonly transport: string
  readonly client: string
  readonly step: string
}

interface Line {
  readonly medianMs: number
  readonly medianCpuMs: number
  /** The client's median divided by ours: above 1 it costs more than we do. */
  readonly ratio: number
}

/** Medians and ratios to our client, per transport and step. */
export function report(
  measured: readonly Measured[],
  about: Record<string, unknown>,
): Record<string, unknown> {
  const result: Record<string, Record<string, Record<string, Line>>> = {}
  for (const { transport, step } of measured) {
    const here = measured.filter((one) => one.transport === transport && one.step === step)
    const base = median(here.filter(({ client }) => client === 'innkeeper').map(({ wallMs }) => wallMs))
    const lines: Record<string, Line> = {}
    for (const client of new Set(here.map((one) => one.client))) {
      const own = here.filter((one) => one.client === client)
      const medianMs = median(own.map(({ wallMs }) => wallMs))
      lines[client] = {
        medianMs: round(medianMs),
        medianCpuMs: round(median(own.map(({ cpuMs }) => cpuMs))),
        ratio: round(medianMs / base),
      }
    }
    result[transport] = { ...result[transport], [step]: lines }
  }
  return { about, ...result }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
