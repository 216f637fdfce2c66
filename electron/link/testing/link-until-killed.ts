/** A process of its own that holds a link by the system's ssh until it is killed. Options come as JSON. */
import { openSystemSshLink, type SystemSshLinkOptions } from '../system-ssh'

const told = JSON.parse(process.argv[2] ?? '{}') as Pick<
  SystemSshLinkOptions,
  'host' | 'port' | 'user' | 'keyFile' | 'knownHostsFile'
>
const link = openSystemSshLink({
  ...told,
  configFile: 'none',
  agent: '',
  ask: async () => null,
  onStage: () => undefined,
  log: () => undefined,
})
link.then(
  () => process.stdout.write('ready\n'),
  (error: unknown) => process.stdout.write(`${String(error)}\n`),
)
