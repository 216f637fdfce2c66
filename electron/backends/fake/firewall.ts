import type { FirewallRules } from '../../../shared/model/firewall'

/** Of a demo host: what libvirt sets for its network "default", before a rule of the administrator. */
export const demoFirewall: FirewallRules = {
  lists: [
    {
      command: 'nft list ruleset',
      text: `table ip filter {
	chain LIBVIRT_INP {
		iifname "virbr0" udp dport 53 counter packets 4211 bytes 287102 accept
		iifname "virbr0" udp dport 67 counter packets 38 bytes 12464 accept
	}

	chain LIBVIRT_FWO {
		ip saddr 192.168.122.0/24 iifname "virbr0" counter packets 90321 bytes 8120334 accept
		iifname "virbr0" counter packets 0 bytes 0 reject
	}
}
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		tcp dport 22 accept
	}
}`,
    },
  ],
}
