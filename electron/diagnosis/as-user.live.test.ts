import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../e2e/lab/lab'
import type { DiagnosisStep } from '../../shared/model/diagnosis'

/** On a lab host itself, whose libvirtd is the system's and has real QEMU. */
describe('a diagnosis of a real host, on the host', () => {
  let lab: Lab
  let host: LabHost
  let folder: string
  let script: string

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    folder = await mkdtemp(join(tmpdir(), 'innkeeper-diagnosis-'))
    await chmod(folder, 0o755)
    script = join(folder, 'diagnose.cjs')
    await build({
      entryPoints: [fileURLToPath(new URL('./testing/diagnose-script.ts', import.meta.url))],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node18',
      outfile: script,
      // optional parts of ssh2
      external: ['cpu-features', '*.node'],
      define: { 'import.meta.url': '__filename' },
      logLevel: 'error',
    })
  })

  afterAll(async () => {
    await rm(folder, { recursive: true })
    await lab.stop()
  })

  const diagnose = async (uri: string, ...as: readonly string[]): Promise<readonly DiagnosisStep[]> => {
    const env = ['env', '-i', `PATH=${process.env['PATH']}`, 'HOME=/tmp']
    return JSON.parse(await host.exec([...as, ...env, process.execPath, script, uri])) as DiagnosisStep[]
  }
  const asAnn = ['setpriv', '--reuid=4711', '--regid=4711', '--clear-groups']

  it('finds every step in order for root, up to QEMU that opens to look and to manage', async () => {
    const steps = await diagnose('qemu:///system')
    expect(steps.filter(({ state }) => state === 'failed')).toEqual([])
    const found = (id: string): string | undefined => steps.find((step) => step.id === id)?.found
    expect(found('socket')).toBe('The socket is /var/run/libvirt/libvirt-sock')
    expect(found('open-read-only')).toBe('QEMU opens to look')
    expect(found('open-read-write')).toBe('QEMU opens to manage')
  })

  it('names the closed socket, its owner and rights for a user without them, who may look all the same', async () => {
    const steps = await diagnose('qemu:///system', ...asAnn)
    const failed = steps.filter(({ state }) => state === 'failed')
    expect(failed).toHaveLength(1)
    expect(failed[0]).toMatchObject({
      id: 'access',
      found: 'ann may not open the socket',
      recipe: 'group-access',
    })
    expect(failed[0]?.detail).toContain('EACCES')
    expect(failed[0]?.facts?.[0]).toContain('ann (groups: ')
    expect(failed[0]?.facts?.[1]).toMatch(/libvirt-sock: srwx/)
    const step = (id: string): DiagnosisStep | undefined => steps.find((one) => one.id === id)
    expect(step('open-read-only')).toMatchObject({ state: 'ok', found: 'QEMU opens to look' })
    expect(step('open-read-write')?.state).toBe('skipped')
  })
})
