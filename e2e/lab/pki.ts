// Certificates for the lab: an authority, and what it signs, made by openssl. RSA, because libvirt 9.0 refuses to start
// with certificates that lack the key-encipherment usage, which keys of elliptic curves do not have.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './run'

export type Authority = { readonly directory: string; readonly certificate: string }
export type Certificate = { readonly certificate: string; readonly key: string }

export type CertificateRequest = {
  readonly name: string
  readonly usage: 'server' | 'client'
  /** As openssl writes them: "DNS:labA", "IP:10.77.0.11". */
  readonly names?: readonly string[]
  /** As ASN.1 writes times: "20200101000000Z". */
  readonly from?: string
  readonly until?: string
}

const decadesAhead = '20450101000000Z'

export async function makeAuthority(directory: string, name: string): Promise<Authority> {
  await mkdir(join(directory, 'issued'), { recursive: true, mode: 0o700 })
  await Promise.all([
    writeFile(join(directory, 'index.txt'), ''),
    writeFile(join(directory, 'serial'), '1000\n'),
    writeFile(join(directory, 'crlnumber'), '1000\n'),
    writeFile(join(directory, 'ca.cnf'), settings(directory)),
  ])
  const certificate = join(directory, 'cacert.pem')
  await run([
    ...['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '7300', '-subj', `/CN=${name}`],
    ...['-config', join(directory, 'ca.cnf'), '-extensions', 'authority'],
    ...['-keyout', join(directory, 'cakey.pem'), '-out', certificate],
  ])
  return { directory, certificate }
}

/** One at a time: `openssl ca` keeps books, and two writers spoil them. */
let issuing: Promise<unknown> = Promise.resolve()

/** Writes certificate and key to the files of `target`. */
export function issue(
  authority: Authority,
  request: CertificateRequest,
  target: Certificate,
): Promise<Certificate> {
  const issued = issuing.then(() => issueNow(authority, request, target))
  issuing = issued.catch(() => undefined)
  return issued
}

async function issueNow(
  authority: Authority,
  request: CertificateRequest,
  target: Certificate,
): Promise<Certificate> {
  const { directory } = authority
  const wanted = join(directory, `${request.name}.csr`)
  const extensions = join(directory, `${request.name}.ext`)
  const names = request.names?.length ? `subjectAltName=${request.names.join(',')}\n` : ''
  await writeFile(
    extensions,
    `basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=${request.usage}Auth\n${names}`,
  )
  await run([
    ...['openssl', 'req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/O=Innkeeper lab/CN=${request.name}`],
    ...['-config', join(directory, 'ca.cnf'), '-keyout', target.key, '-out', wanted],
  ])
  await run([
    ...['openssl', 'ca', '-batch', '-notext', '-config', join(directory, 'ca.cnf'), '-extfile', extensions],
    ...(request.from === undefined ? [] : ['-startdate', request.from]),
    ...['-enddate', request.until ?? decadesAhead],
    ...['-in', wanted, '-out', target.certificate],
  ])
  return target
}

/** What libvirt's clients expect in the folder that `pkipath` names. */
export async function clientFolder(
  authority: Authority,
  directory: string,
  request: Omit<CertificateRequest, 'usage'> & { readonly trusts?: Authority },
): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await issue(
    authority,
    { ...request, usage: 'client' },
    { certificate: join(directory, 'clientcert.pem'), key: join(directory, 'clientkey.pem') },
  )
  await run(['cp', (request.trusts ?? authority).certificate, join(directory, 'cacert.pem')])
  return directory
}

function settings(directory: string): string {
  return `[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ca]
default_ca = lab
[lab]
dir = ${directory}
database = ${directory}/index.txt
serial = ${directory}/serial
crlnumber = ${directory}/crlnumber
new_certs_dir = ${directory}/issued
certificate = ${directory}/cacert.pem
private_key = ${directory}/cakey.pem
default_md = sha256
default_crl_days = 3650
policy = any
unique_subject = no
[any]
organizationName = optional
commonName = supplied
`
}
