import { isAddress, lines, plainName } from './words'

/**
 * Certificates by openssl. RSA, because libvirt 9.0 and older refuse certificates without the key-encipherment usage,
 * which keys of elliptic curves cannot have.
 */
export const makeAuthority = lines(
  'mkdir -p -m 700 ~/libvirt-pki && cd ~/libvirt-pki',
  "cat > ca.cnf <<'END'",
  '[req]',
  'prompt = no',
  'distinguished_name = name',
  'x509_extensions = authority',
  '[name]',
  'CN = libvirt authority',
  '[authority]',
  'basicConstraints = critical,CA:TRUE',
  'keyUsage = critical,keyCertSign,cRLSign',
  'subjectKeyIdentifier = hash',
  'END',
  'openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 3650 -config ca.cnf -keyout cakey.pem -out cacert.pem',
)

/** `usage` is what openssl calls the purpose. */
function makeCertificate(parts: {
  readonly file: 'server' | 'client'
  readonly name: string
  readonly alternative: string | undefined
}): string {
  const { file, name, alternative } = parts
  return lines(
    'cd ~/libvirt-pki',
    `cat > ${file}.cnf <<'END'`,
    '[req]',
    'prompt = no',
    'distinguished_name = name',
    '[name]',
    'O = libvirt',
    `CN = ${name}`,
    '[purpose]',
    'basicConstraints = critical,CA:FALSE',
    'keyUsage = critical,digitalSignature,keyEncipherment',
    `extendedKeyUsage = ${file}Auth`,
    alternative !== undefined && `subjectAltName = ${alternative}`,
    'END',
    `openssl req -new -newkey rsa:3072 -nodes -config ${file}.cnf -keyout ${file}key.pem -out ${file}.csr`,
    `openssl x509 -req -sha256 -days 825 -in ${file}.csr -CA cacert.pem -CAkey cakey.pem -CAcreateserial -extfile ${file}.cnf -extensions purpose -out ${file}cert.pem`,
  )
}

export function makeServerCertificate(host: string): string {
  const name = plainName(host, 'host.example.org')
  return makeCertificate({
    file: 'server',
    name,
    alternative: `${isAddress(name) ? 'IP' : 'DNS'}:${name}`,
  })
}

export function makeClientCertificate(user: string): string {
  return makeCertificate({ file: 'client', name: plainName(user, 'user'), alternative: undefined })
}

export const installServerFiles = lines(
  'sudo install -d -m 755 /etc/pki/CA /etc/pki/libvirt',
  'sudo install -d -m 700 /etc/pki/libvirt/private',
  'sudo install -m 644 cacert.pem /etc/pki/CA/cacert.pem',
  'sudo install -m 644 servercert.pem /etc/pki/libvirt/servercert.pem',
  'sudo install -m 600 serverkey.pem /etc/pki/libvirt/private/serverkey.pem',
)

export function installClientFiles(group: string): string {
  return lines(
    'sudo install -d -m 755 /etc/pki/CA /etc/pki/libvirt',
    `sudo install -d -m 750 -g ${group} /etc/pki/libvirt/private`,
    'sudo install -m 644 cacert.pem /etc/pki/CA/cacert.pem',
    'sudo install -m 644 clientcert.pem /etc/pki/libvirt/clientcert.pem',
    `sudo install -m 640 -g ${group} clientkey.pem /etc/pki/libvirt/private/clientkey.pem`,
  )
}

/** Certificates of one account: its own responsibility, readable by nobody else. */
export const installOwnFiles = lines(
  'install -d -m 700 ~/.pki ~/.pki/libvirt',
  'install -m 644 cacert.pem ~/.pki/libvirt/cacert.pem',
  'install -m 644 clientcert.pem ~/.pki/libvirt/clientcert.pem',
  'install -m 600 clientkey.pem ~/.pki/libvirt/clientkey.pem',
)
