using Google.Protobuf.Reflection;
using Scheduler.Protocol.Grpc.Messages;
using Scheduler.Protocol.Grpc.Messages.Health;

namespace Scheduler.Server.Grpc.Reflection;

/// <summary>The .proto files of what is served, and what each declares.</summary>
internal sealed class ServedFiles
{
    private readonly Dictionary<string, FileDescriptor> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _bySymbol = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public ServedFiles()
    {
        FileDescriptor[] roots =
        [
            DispatchReflection.Descriptor, EdgeReportsReflection.Descriptor, HealthReflection.Descriptor,
            Protocol.Grpc.Messages.ReflectionV1.ReflectionReflection.Descriptor, Protocol.Grpc.Messages.ReflectionV1Alpha.ReflectionReflection.Descriptor,
        ];
        foreach (FileDescriptor file in roots.SelectMany(WithImports)) Add(file);
    }

    /// <summary>The file of a name; null when there is none.</summary>
    public FileDescriptor? Named(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The file that declares a full name; null when none does.</summary>
    public FileDescriptor? Declaring(string symbol) => _bySymbol.GetValueOrDefault(symbol);

    /// <summary>A file and all that it imports, itself first.</summary>
    public static IEnumerable<FileDescriptor> WithImports(FileDescriptor file) => file.Dependencies.SelectMany(WithImports).Prepend(file).DistinctBy(one => one.Name);

    private void Add(FileDescriptor file)
    {
        if (!_byName.TryAdd(file.Name, file)) return;
        foreach (Google.Protobuf.Reflection.ServiceDescriptor service in file.Services)
        {
            _bySymbol[service.FullName] = file;
            foreach (MethodDescriptor method in service.Methods) _bySymbol[method.FullName] = file;
        }
        foreach (MessageDescriptor message in file.MessageTypes) Add(message, file);
        foreach (EnumDescriptor type in file.EnumTypes) Add(type, file);
    }

    private void Add(MessageDescriptor message, FileDescriptor file)
    {
        _bySymbol[message.FullName] = file;
        foreach (FieldDescriptor field in message.Fields.InDeclarationOrder()) _bySymbol[field.FullName] = file;
        foreach (MessageDescriptor nested in message.NestedTypes) Add(nested, file);
        foreach (EnumDescriptor type in message.EnumTypes) Add(type, file);
    }

    private void Add(EnumDescriptor type, FileDescriptor file)
    {
        _bySymbol[type.FullName] = file;
        foreach (EnumValueDescriptor value in type.Values) _bySymbol[value.FullName] = file;
    }
}
