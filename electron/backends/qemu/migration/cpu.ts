/**
 * Whether a host can run a processor as a definition has it. QEMU itself says so, of each model that it knows
 * (query-cpu-definitions), for how it would run the guest here; it would start with less, and the guest would miss it.
 */
import { parseXml } from '../../../domain-xml/document'
import { isObject } from '../../../qmp/index'
import type { CpuFit, EmulatorOf } from '../../migration-session'
import type { QemuHost } from '../host'

const limitMs = 20_000
const question = ['qmp_capabilities', 'query-cpu-definitions', 'quit']
  .map((execute) => `${JSON.stringify({ execute })}\n`)
  .join('')

/** Undefined for what is no model, and where QEMU does not tell. */
export async function compareCpu(
  { emulators, link }: QemuHost,
  cpuXml: string,
  { architecture, virtType }: EmulatorOf,
): Promise<CpuFit | undefined> {
  const wanted = parseXml(cpuXml, 'the processor').root.find('model')?.text()
  if (wanted === undefined) return undefined
  const { path, accelerators } = await emulators.of(architecture)
  const accelerator = virtType === 'kvm' && accelerators.includes('kvm') ? 'kvm' : 'tcg'
  const words = ['-S', '-nodefaults', '-display', 'none', '-machine', 'none', '-accel', accelerator]
  const { stdout } = await link.run(['env', 'LC_ALL=C', path, ...words, '-qmp', 'stdio'], {
    input: question,
    signal: AbortSignal.timeout(limitMs),
  })
  const lacking = lackingIn(stdout, wanted)
  if (lacking === undefined) return undefined
  return lacking.length === 0 ? 'superset' : 'incompatible'
}

/** What the model has and the host has not; undefined for a model that is not told. */
export function lackingIn(answers: string, model: string): readonly unknown[] | undefined {
  for (const line of answers.split('\n')) {
    const models = listIn(line)
    const found = models?.find((one) => isObject(one) && one['name'] === model)
    const lacking: unknown = isObject(found) ? found['unavailable-features'] : undefined
    if (Array.isArray(lacking)) return lacking
  }
  return undefined
}

function listIn(line: string): unknown[] | undefined {
  try {
    const answer: unknown = JSON.parse(line)
    const list = isObject(answer) ? answer['return'] : undefined
    return Array.isArray(list) ? list : undefined
  } catch {
    return undefined
  }
}
