/** The way into a host by its URI: this computer, or ssh spoken by whom the user chose. */
import { uriParam, type HostUri } from '../../shared/model/host-uri'
import type { Prompt } from '../../shared/model/prompt'
import type { Link } from '../link/link'
import { openLocalLink } from '../link/local'
import { openSshLink } from '../link/ssh'
import { sshUriOptions } from '../link/ssh-uri'
import { openSystemSshLink } from '../link/system-ssh'
import type { ConnectRequest } from './backend'

export async function openHostLink(uri: HostUri, request: ConnectRequest): Promise<Link> {
  if (uri.transport === 'unix') return openLocalLink()
  const options = {
    // libvirt takes a missing host with ssh for this computer
    host: uri.host ?? 'localhost',
    port: uri.port,
    user: uri.user,
    keyFile: request.keyFile ?? uriParam(uri, 'keyfile'),
    knownHostsFile: uriParam(uri, 'known_hosts'),
    netcat: uriParam(uri, 'netcat'),
    signal: request.signal,
    ask: (prompt: Prompt) => request.ask(prompt),
    onStage: (stage: 'reaching' | 'authenticating') => request.onStage(stage),
    log: (text: string) => request.log(text),
  }
  if (request.sshEngine !== 'system') {
    return openSshLink({ ...options, ...sshUriOptions((name) => uriParam(uri, name)) })
  }
  return openSystemSshLink({
    ...options,
    command: uriParam(uri, 'command'),
    knownHostsVerify: uriParam(uri, 'known_hosts_verify'),
    noTty: Number(uriParam(uri, 'no_tty') ?? 0) !== 0,
  })
}
