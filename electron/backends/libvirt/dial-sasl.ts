/**
 * Name and password for the daemon itself: from an auth file or the user, asked anew when they were wrong, and used
 * again for every further connection of the session without a word.
 */
import { saslprep } from '@mongodb-js/saslprep'
import { AppError } from '../../../shared/errors'
import { uriParam, type HostUri } from '../../../shared/model/host-uri'
import type { Prompt, PromptAnswer } from '../../../shared/model/prompt'
import { RpcAuthError, saslSignIn, type AuthOptions, type SaslCredentials } from '../../libvirt-rpc/index'
import { flag } from './routes-direct'

export interface SaslLoginOptions {
  ask(prompt: Prompt): Promise<PromptAnswer>
  log(text: string): void
  /** What libvirt's auth file has for this host, if it has anything. */
  fromFile(): Promise<{ readonly user?: string; readonly password?: string } | undefined>
}

const mostQuestions = 3

export class SaslLogin {
  readonly #uri: HostUri
  readonly #options: SaslLoginOptions
  readonly #place: string
  /** What follows "sasl." in the URI's `auth`. */
  readonly #mechanism: string | undefined
  readonly #method: AuthOptions['method']
  #current: (SaslCredentials & { readonly from: 'file' | 'user' }) | undefined
  #hasWorked = false
  #hasReadFile = false
  #questions = 0
  #lastUser: string | undefined

  constructor(uri: HostUri, options: SaslLoginOptions) {
    this.#uri = uri
    this.#options = options
    this.#place = uri.host ?? 'this computer'
    this.#lastUser = uri.user
    const { method, mechanism } = authOf(uri)
    this.#method = method
    this.#mechanism = mechanism
  }

  /** Encrypted or local, and to a host that has proved its name: PLAIN would hand the password to whoever answers. */
  get #isPrivate(): boolean {
    if (this.#uri.transport === 'tcp') return false
    return !(this.#uri.transport === 'tls' && flag(this.#uri, 'no_verify'))
  }

  get auth(): AuthOptions {
    const exchange = saslSignIn({
      isPrivate: this.#isPrivate,
      mechanism: this.#mechanism,
      prepare: (text) => saslprep(text, { allowUnassigned: true }),
      credentials: () => this.#credentials(),
    })
    return {
      ...(this.#method === undefined ? {} : { method: this.#method }),
      sasl: async (connection, timeoutMs) => {
        await exchange(connection, timeoutMs)
        if (!this.#hasWorked) this.#options.log(`Signed in as ${this.#current?.user ?? ''} (SASL)`)
        this.#hasWorked = true
      },
    }
  }

  /** Whether another attempt may go better; otherwise throws what went wrong as the user is told it. */
  mayRetry(error: unknown): boolean {
    if (!(error instanceof RpcAuthError)) return false
    const isRefused = error.kind === 'refused' || error.kind === 'unusable-credentials'
    if (isRefused && !this.#hasWorked) {
      if (this.#current?.from === 'file') {
        this.#options.log(`The host refuses the auth file's password of ${this.#current.user}`)
        this.#current = undefined
        return true
      }
      if (this.#questions < mostQuestions) {
        this.#current = undefined
        return true
      }
    }
    throw this.#explain(error)
  }

  async #credentials(): Promise<SaslCredentials> {
    if (this.#current) return this.#current
    if (!this.#hasReadFile) {
      this.#hasReadFile = true
      const found = await this.#options.fromFile()
      if (found?.user !== undefined) this.#lastUser = found.user
      if (found?.user !== undefined && found.password !== undefined) {
        this.#current = { user: found.user, password: found.password, from: 'file' }
        this.#options.log("Name and password from libvirt's auth file")
        return this.#current
      }
    }
    const answer = await this.#options.ask({
      kind: 'credentials',
      service: `libvirt on ${this.#place}`,
      address: this.#place,
      ...(this.#lastUser === undefined ? {} : { user: this.#lastUser }),
      isRetry: this.#questions > 0,
    })
    const [user, password] = answer?.kind === 'text' ? answer.values : []
    if (user === undefined || password === undefined) {
      throw new AppError('cancelled', 'Signing in was cancelled')
    }
    this.#questions += 1
    this.#lastUser = user
    this.#current = { user, password, from: 'user' }
    return this.#current
  }

  #explain(error: RpcAuthError): AppError {
    const extra = { detail: error.message, cause: error }
    const user = this.#lastUser ?? ''
    switch (error.kind) {
      case 'refused':
        return new AppError(
          'auth-failed',
          `libvirt on ${this.#place} refuses the name "${user}" or its password`,
          {
            ...extra,
            cure:
              `On the host, saslpasswd2 -a libvirt ${user} sets the password. If sasl_allowed_username_list is set ` +
              `in libvirtd.conf, the name has to be in it.`,
          },
        )
      case 'unusable-credentials':
        return new AppError('invalid', 'The name or password has a character that SASL does not allow', {
          ...extra,
          cure: 'Choose a password of printable characters.',
        })
      case 'untrusted-host':
        return new AppError('denied', `libvirt on ${this.#place} did not prove that it knows the password`, {
          ...extra,
          cure: 'It may be another machine that pretends to be this host. The password was not given away.',
        })
      case 'method-refused':
        return new AppError(
          'unsupported',
          `libvirt on ${this.#place} does not sign in by ${this.#method ?? ''}`,
          {
            ...extra,
            cure: 'Leave out auth= in the URI: the host says by itself what it wants.',
            field: 'uri',
          },
        )
      case 'no-mechanism':
        return this.#noMechanism(error)
      case 'sasl-required':
      case 'unknown-method':
        return new AppError(
          'unsupported',
          'The host asks for a way of signing in that Innkeeper does not offer',
          { ...extra, cure: 'Connect through ssh (qemu+ssh://).' },
        )
    }
  }

  #noMechanism(error: RpcAuthError): AppError {
    const offered = error.offered.join(', ')
    const extra = { detail: offered === '' ? undefined : `Offered: ${offered}`, cause: error }
    if (this.#uri.transport === 'tcp') {
      return new AppError(
        'unsupported',
        `libvirt on ${this.#place} lets nobody sign in safely over plain TCP`,
        {
          ...extra,
          cure:
            'Without encryption it takes only mechanisms that encrypt by themselves (GSSAPI, DIGEST-MD5), which ' +
            `Innkeeper does not speak. Use ${this.#uri.driver}+tls:// or ${this.#uri.driver}+ssh:// instead.`,
        },
      )
    }
    if (!this.#isPrivate && error.offered.includes('PLAIN')) {
      return new AppError(
        'denied',
        `The password is not given to ${this.#place}, which has not proved its name`,
        {
          ...extra,
          cure:
            'It takes only PLAIN, which hands the password over. Leave out no_verify in the URI, or set ' +
            'mech_list: scram-sha-256 in /etc/sasl2/libvirt.conf on the host.',
          field: 'uri',
        },
      )
    }
    if (this.#mechanism !== undefined) {
      return new AppError(
        'unsupported',
        `libvirt on ${this.#place} cannot be signed in to by ${this.#mechanism}`,
        {
          ...extra,
          cure: `It offers ${offered || 'nothing'}; Innkeeper speaks SCRAM and PLAIN. Leave out auth= in the URI.`,
          field: 'uri',
        },
      )
    }
    return new AppError(
      'unsupported',
      `libvirt on ${this.#place} offers only ${offered || 'nothing'} to sign in`,
      {
        ...extra,
        cure:
          'Set mech_list: scram-sha-256 in /etc/sasl2/libvirt.conf on the host and restart libvirtd, or connect ' +
          'through ssh.',
      },
    )
  }
}

/** `auth=sasl`, `auth=sasl.MECHANISM` or `auth=polkit` (https://libvirt.org/uri.html). */
export function authOf(uri: HostUri): { method?: 'sasl' | 'polkit'; mechanism?: string } {
  const auth = uriParam(uri, 'auth')?.toLowerCase()
  if (auth === undefined) return {}
  if (auth === 'sasl' || auth === 'polkit') return { method: auth }
  const mechanism = /^sasl\.([a-z0-9_-]{1,20})$/.exec(auth)?.[1]
  if (mechanism !== undefined) return { method: 'sasl', mechanism: mechanism.toUpperCase() }
  throw new AppError('invalid', `"${auth}" is not a way to sign in`, {
    field: 'uri',
    cure: 'Use auth=sasl, auth=sasl.SCRAM-SHA-256 or auth=polkit, or leave it out.',
  })
}
