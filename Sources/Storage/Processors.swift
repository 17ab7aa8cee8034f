// The processors of this machine.

internal import CPlatform

/// Asks the operating system about processors.
public enum Processors {
  /// How many processors this process may run on; at least 1.
  public static var available: Int { Int(cplatform_processors()) }
}
