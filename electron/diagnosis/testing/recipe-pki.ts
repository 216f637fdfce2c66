import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recipeById } from '../../../shared/recipes/recipes'
import { commandWith, usualValues, within } from './recipe-scripts'

export interface RecipePki {
  /** Takes the place of the system: below it is etc/pki. */
  readonly root: string
  readonly home: string
  /** Where the authority's files are. */
  readonly authority: string
  /** ~/.pki/libvirt of the home. */
  readonly own: string
  run(commands: string, more?: { input?: string; env?: Record<string, string> }): string
  remove(): Promise<void>
}

/** The TLS recipes, done word by word in a folder instead of the system. */
export async function followTlsRecipes(host: string): Promise<RecipePki> {
  const root = await mkdtemp(join(tmpdir(), 'recipe-pki-'))
  const home = join(root, 'home')
  const authority = join(home, 'libvirt-pki')
  await mkdir(home)
  const run: RecipePki['run'] = (commands, { input, env = {} } = {}) =>
    execFileSync('sh', ['-e', '-c', commands], {
      cwd: authorityOrHome(),
      env: { PATH: `${process.env['PATH']}:/usr/sbin:/sbin`, HOME: home, ...env },
      ...(input === undefined ? {} : { input }),
      stdio: ['pipe', 'pipe', 'pipe'],
    }).toString()
  let isMade = false
  const authorityOrHome = (): string => (isMade ? authority : home)
  const server = recipeById('tls-server').build({ ...usualValues, host })
  const client = recipeById('tls-client').build({ ...usualValues, host })
  run(commandWith(server, 'ca.cnf'))
  isMade = true
  run(commandWith(server, 'server.cnf'))
  run(within(root, commandWith(server, 'servercert.pem /etc/pki')))
  run(commandWith(client, 'client.cnf'))
  run(commandWith(client, 'clientcert.pem ~/.pki'))
  return {
    root,
    home,
    authority,
    own: join(home, '.pki', 'libvirt'),
    run,
    remove: () => rm(root, { recursive: true, force: true }),
  }
}
