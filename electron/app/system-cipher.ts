import { safeStorage } from 'electron'
import type { SecretCipher } from '../settings/secret-store'

/**
 * The system's keychain behind Electron's safeStorage. On Linux without libsecret or KWallet Electron falls back to
 * "basic_text", a key that is the same on every computer (electron's docs/api/safe-storage.md): that hides nothing, so
 * it counts as no keychain.
 */
export function systemCipher(): SecretCipher {
  return {
    get isAvailable() {
      if (!safeStorage.isEncryptionAvailable()) return false
      return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
    },
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
  }
}
