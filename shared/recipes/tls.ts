import type { Recipe } from './recipe'
import {
  installClientFiles,
  installOwnFiles,
  installServerFiles,
  makeAuthority,
  makeClientCertificate,
  makeServerCertificate,
} from './tls-commands'
import {
  atAuthority,
  daemonNames,
  hostFile,
  lines,
  onClient,
  onHost,
  plainName,
  quoted,
  quotedText,
  restartCuts,
} from './words'

const keepAuthority =
  'cakey.pem can make certificates that all hosts believe. Keep it where nobody else can read it, never on a host.'

export const tlsServer: Recipe = {
  id: 'tls-server',
  topic: 'TLS',
  title: 'Certificates for a host, and TLS switched on',
  summary: 'An own authority, a certificate with the host’s name, and libvirt listening on port 16514.',
  keywords: [
    '16514',
    'servercert.pem',
    'cacert.pem',
    'openssl',
    'certtool',
    'listen_tls',
    'x509',
    'SAN',
    'expired',
  ],
  build: (values) => {
    const { host } = quoted(values)
    const { remote } = daemonNames(values.daemons)
    return {
      steps: [
        atAuthority('Once for all hosts: make the authority.', makeAuthority),
        atAuthority(
          'Make the certificate of this host; its name has to be the one clients write.',
          makeServerCertificate(values.host),
        ),
        atAuthority(
          'Bring the three files to the host.',
          `cd ~/libvirt-pki && scp cacert.pem servercert.pem serverkey.pem ${host}:`,
        ),
        onHost('Put them where libvirt looks for them.', installServerFiles),
        onHost(
          'Only now switch TLS on: without certificates the daemon does not start.',
          lines(
            'sudo virt-pki-validate',
            `sudo systemctl stop ${remote}.service`,
            `sudo systemctl enable --now ${remote}-tls.socket`,
            `sudo systemctl start ${remote}.service`,
          ),
        ),
        onHost(
          'Open port 16514 in the firewall (see the recipe for it), and remove the copies.',
          'rm -f cacert.pem servercert.pem serverkey.pem',
        ),
      ],
      changes: ['Certificates below /etc/pki', `${remote} listens on port 16514 of all addresses`],
      dangers: [
        keepAuthority,
        'A daemon that is to listen with TLS does not start without its certificates: put the files in place first, and check them with virt-pki-validate.',
        'Whoever has a client certificate of this authority may manage the host, as long as tls_allowed_dn_list and SASL do not say otherwise.',
        restartCuts,
      ],
      verify: [
        onHost(
          'libvirt listens, and its files are in order.',
          lines("sudo ss -ltn 'sport = :16514'", 'sudo virt-pki-validate'),
        ),
        onClient(
          'The certificate is good for the name. Needs the authority’s certificate here.',
          `openssl s_client -connect ${host}:16514 -verify_return_error -verify_hostname ${host} -CAfile /etc/pki/CA/cacert.pem </dev/null`,
        ),
      ],
      undo: [
        onHost(
          'Switch TLS off and remove the certificates.',
          lines(
            `sudo systemctl disable --now ${remote}-tls.socket`,
            `sudo systemctl restart ${remote}.service`,
            'sudo rm /etc/pki/libvirt/servercert.pem /etc/pki/libvirt/private/serverkey.pem',
          ),
        ),
      ],
    }
  },
}

export const tlsClient: Recipe = {
  id: 'tls-client',
  topic: 'TLS',
  title: 'A client certificate for this computer',
  summary: 'For the whole computer below /etc/pki, or for one account below ~/.pki/libvirt.',
  keywords: ['clientcert.pem', 'clientkey.pem', 'pkipath', '~/.pki', 'authority', 'refused certificate'],
  build: (values) => {
    const { group, host } = quoted(values)
    return {
      steps: [
        atAuthority('Make a certificate that names you.', makeClientCertificate(values.user)),
        onClient(
          'For one account: bring cacert.pem, clientcert.pem and clientkey.pem here, then put them into your home folder.',
          installOwnFiles,
        ),
        onClient('Or for all accounts of a group on this computer.', installClientFiles(group)),
        onClient('Remove the copies.', 'rm -f clientcert.pem clientkey.pem'),
      ],
      changes: ['Certificates below ~/.pki/libvirt or /etc/pki of this computer; nothing on the host'],
      dangers: [
        keepAuthority,
        'Files in your home folder count only when all three are there; otherwise those below /etc/pki are used. root never uses its home folder.',
        'Everybody who can read clientkey.pem can manage your hosts.',
      ],
      verify: [
        onClient(
          'The host lets this computer in. The name has to be the one in the host’s certificate.',
          `virsh -c qemu+tls://${host}/system list --all`,
        ),
      ],
      undo: [onClient('Remove the files.', 'rm ~/.pki/libvirt/clientcert.pem ~/.pki/libvirt/clientkey.pem')],
    }
  },
}

export const tlsBothWays: Recipe = {
  id: 'tls-both-ways',
  topic: 'TLS',
  title: 'Certificates for both directions',
  summary: 'Hosts that connect to each other, as for migration, need a server and a client certificate each.',
  keywords: ['migration', 'peer to peer', 'both directions', 'clientcert.pem on host'],
  build: (values) => {
    const { host } = quoted(values)
    return {
      steps: [
        atAuthority(
          'All certificates have to be of the same authority. On each host its server certificate is in place already (recipe for TLS on a host). Make a client certificate that names the host.',
          makeClientCertificate(values.host),
        ),
        atAuthority(
          'Bring it to the host.',
          `cd ~/libvirt-pki && scp cacert.pem clientcert.pem clientkey.pem ${host}:`,
        ),
        onHost(
          'Put it beside the server’s files. Repeat this on every other host.',
          lines(installClientFiles('root'), 'rm -f clientcert.pem clientkey.pem'),
        ),
      ],
      changes: ['A client certificate below /etc/pki/libvirt of each host'],
      dangers: [
        keepAuthority,
        'Each host may then manage the others: use tls_allowed_dn_list where that is not meant.',
      ],
      verify: [
        onHost(
          'From this host to another, then the other way round.',
          'virsh -c qemu+tls://OTHER-HOST/system list --all',
        ),
      ],
      undo: [
        onHost(
          'Remove the client’s files.',
          'sudo rm /etc/pki/libvirt/clientcert.pem /etc/pki/libvirt/private/clientkey.pem',
        ),
      ],
    }
  },
}

export const tlsAllowedNames: Recipe = {
  id: 'tls-allowed-names',
  topic: 'TLS',
  title: 'Allow only some client certificates',
  summary: 'A list of the names of certificates that are let in; patterns are possible.',
  keywords: ['tls_allowed_dn_list', 'distinguished name', 'whitelist', 'DN', 'allow list'],
  build: (values) => {
    const { remote, remoteConf } = daemonNames(values.daemons)
    const pattern = `*CN=${plainName(values.user, 'user')}*`
    return {
      steps: [
        onClient(
          'Read the name exactly as libvirt does. Older systems without virt-pki-query-dn have certtool for it.',
          'virt-pki-query-dn ~/.pki/libvirt/clientcert.pem || certtool -i --infile ~/.pki/libvirt/clientcert.pem | grep Subject:',
        ),
        hostFile(
          'List the names, or patterns with * and ?.',
          remoteConf,
          lines(`tls_allowed_dn_list = [${quotedText(pattern)}]`, ''),
        ),
        onHost('Restart the daemon.', `sudo systemctl restart ${remote}.service`),
      ],
      changes: ['Certificates that are not in the list are refused, although the authority made them'],
      dangers: [
        'An empty list, tls_allowed_dn_list = [], refuses everybody. To allow all, take the line away.',
        'Keep another way to the host (ssh) until you have seen that you are let in.',
        restartCuts,
      ],
      verify: [onClient('You are let in.', `virsh -c qemu+tls://${quoted(values).host}/system list --all`)],
      undo: [
        onHost(`Take the line out of ${remoteConf} and restart.`, `sudo systemctl restart ${remote}.service`),
      ],
    }
  },
}

export const keyPermissions: Recipe = {
  id: 'key-permissions',
  topic: 'TLS',
  title: 'Who may read certificates and keys',
  summary: 'Rights of the files of a host, of a computer that connects, and of one account.',
  keywords: ['chmod', 'chown', 'permission denied', 'private key', '600', '640', '750'],
  build: (values) => {
    const { group } = quoted(values)
    return {
      steps: [
        onHost(
          'A host’s key is root’s alone.',
          lines(
            'sudo chown root:root /etc/pki/libvirt/private/serverkey.pem',
            'sudo chmod 700 /etc/pki/libvirt/private',
            'sudo chmod 600 /etc/pki/libvirt/private/serverkey.pem',
          ),
        ),
        onClient(
          'A computer’s client key is for the group that manages.',
          lines(
            `sudo chgrp ${group} /etc/pki/libvirt/private /etc/pki/libvirt/private/clientkey.pem`,
            'sudo chmod 750 /etc/pki/libvirt/private',
            'sudo chmod 640 /etc/pki/libvirt/private/clientkey.pem',
          ),
        ),
        onClient(
          'An account’s own files are its own responsibility.',
          lines('chmod 700 ~/.pki/libvirt', 'chmod 600 ~/.pki/libvirt/clientkey.pem'),
        ),
        onClient(
          'Certificates are public.',
          'sudo chmod 644 /etc/pki/CA/cacert.pem /etc/pki/libvirt/clientcert.pem',
        ),
      ],
      changes: ['Owners and rights of the files, nothing else'],
      dangers: [
        'On a host that is also a client both keys are in one folder: give it 750 and the group, the server’s key stays 600.',
      ],
      verify: [
        onClient(
          'As they should be.',
          'ls -ld /etc/pki/libvirt/private; ls -l /etc/pki/libvirt/private ~/.pki/libvirt',
        ),
      ],
      undo: [onHost('There is nothing to undo: the rights before were too wide or too narrow.')],
    }
  },
}
