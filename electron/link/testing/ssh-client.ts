import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import ssh2 from 'ssh2'
import type { AuthContext } from 'ssh2'
import type { Prompt, PromptAnswer } from '../../../shared/model/prompt'
import type { Link } from '../link'
import { openSshLink, type SshLinkOptions } from '../ssh'
import { makeKey, startSshServer, type TestSshServer } from './ssh-server'

export const acceptKey: PromptAnswer = { kind: 'host-key', accept: true }
export const typed = (...values: string[]): PromptAnswer => ({ kind: 'text', values })

type Answers = (prompt: Prompt) => PromptAnswer | Promise<PromptAnswer>

/** A user with a home of their own, who is asked and answers; and the servers of one test. */
export class TestSshClient {
  readonly home: string
  readonly asked: Prompt[] = []
  readonly logged: string[] = []
  readonly #servers: TestSshServer[] = []
  readonly #links: Link[] = []

  private constructor(home: string) {
    this.home = home
  }

  static async create(): Promise<TestSshClient> {
    return new TestSshClient(await mkdtemp(join(tmpdir(), 'ssh-')))
  }

  /** The answers given so far: a prompt's kind, in the order asked. */
  get kinds(): string[] {
    return this.asked.map((prompt) => prompt.kind)
  }

  path(name: string): string {
    return join(this.home, '.ssh', name)
  }

  async write(name: string, text: string): Promise<string> {
    await mkdir(dirname(this.path(name)), { recursive: true })
    await writeFile(this.path(name), text, { mode: 0o600 })
    return this.path(name)
  }

  read(name: string): Promise<string> {
    return readFile(this.path(name), 'utf8')
  }

  async serve(authenticate: (context: AuthContext) => void, hostKey = makeKey()): Promise<TestSshServer> {
    const server = await startSshServer({ hostKeys: [hostKey], authenticate })
    this.#servers.push(server)
    return server
  }

  /** Puts the server's key on record, so that a test about something else is not asked for it. */
  async trust(server: TestSshServer): Promise<void> {
    const line = `[127.0.0.1]:${server.port} ssh-ed25519 ${server.publicKey.toString('base64')}\n`
    const before = await this.read('known_hosts').catch(() => '')
    await this.write('known_hosts', before + line)
  }

  async connect(
    server: { readonly port: number },
    answers: Answers,
    more: Partial<SshLinkOptions> = {},
  ): Promise<Link> {
    const link = await openSshLink({
      host: '127.0.0.1',
      port: server.port,
      user: 'maria',
      home: this.home,
      systemConfigFile: '',
      agent: '',
      ask: async (prompt) => {
        this.asked.push(prompt)
        return answers(prompt)
      },
      onStage: () => undefined,
      log: (text) => this.logged.push(text),
      ...more,
    })
    this.#links.push(link)
    return link
  }

  async end(): Promise<void> {
    for (const link of this.#links) await link.close()
    for (const server of this.#servers) await server.close()
    await rm(this.home, { recursive: true, force: true })
  }
}

/** The public half of a private key's text, in base64. */
export function publicHalf(text: string, passphrase?: string): string {
  const key = ssh2.utils.parseKey(text, passphrase)
  if (key instanceof Error) throw key
  return key.getPublicSSH().toString('base64')
}
