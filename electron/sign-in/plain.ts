import type { SaslClient, SaslCredentials } from './mechanism'

/** PLAIN (RFC 4616): name and password as they are, in one message. */
export class PlainClient implements SaslClient {
  readonly isDone = true

  constructor(private readonly credentials: SaslCredentials) {}

  first(): Uint8Array {
    const { user, password } = this.credentials
    return Buffer.from(`\0${user}\0${password}`, 'utf8')
  }

  async respond(): Promise<null> {
    return null
  }
}
