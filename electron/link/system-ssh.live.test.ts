import type { Prompt } from '../../shared/model/prompt'
import type { Link } from './link'
import { openSystemSshLink, type SystemSshLinkOptions } from './system-ssh'
import { describeSshLink } from './testing/link-suite'
import type { TestSshd } from './testing/sshd'

const nobody = async (prompt: Prompt): Promise<never> => {
  throw new Error(`nobody should be asked: ${prompt.kind}`)
}

function open(to: TestSshd, more: Partial<SystemSshLinkOptions> = {}): Promise<Link> {
  return openSystemSshLink({
    host: '127.0.0.1',
    port: to.port,
    user: to.user,
    keyFile: to.keyFile,
    knownHostsFile: to.knownHostsFile,
    configFile: 'none',
    agent: '',
    ask: nobody,
    onStage: () => undefined,
    log: () => undefined,
    ...more,
  })
}

describeSshLink('link by the system’s ssh', { connect: (sshd) => open(sshd) })
