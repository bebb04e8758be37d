import { customerKey } from '../families/customer-key.ts'
import { ROLE } from '../families/values.ts'

export default [
  customerKey('s3vectors-bucket-no-cmk', 'AWS::S3Vectors::VectorBucket', 'vectors, from which text can be recovered', 'EncryptionConfiguration/KmsKeyArn',
    { VectorBucketName: 'handbook' }),
  customerKey('s3vectors-bucket-no-cmk', 'AWS::S3Vectors::Index', 'vectors, from which text can be recovered', 'EncryptionConfiguration/KmsKeyArn',
    { VectorBucketName: 'handbook', IndexName: 'chunks', DataType: 'float32', Dimension: 1024, DistanceMetric: 'cosine', EncryptionConfiguration: { SseType: 'AES256' } },
    { within: 'EncryptionConfiguration' }),
  customerKey('personalize-no-cmk', 'AWS::Personalize::DatasetGroup', 'datasets about people', 'KmsKeyArn', { Name: 'shop' }),
  customerKey('forecast-dataset-no-cmk', 'AWS::Forecast::Dataset', 'dataset', 'EncryptionConfig/KmsKeyArn',
    { DatasetName: 'sales', DatasetType: 'TARGET_TIME_SERIES', Domain: 'RETAIL', Schema: {} }, { also: ['cloudsploit:forecastDatasetEncrypted'] }),
  customerKey('forecast-export-no-cmk', 'AWS::Forecast::ForecastExportJob', 'exported forecast', 'Destination/S3Config/KMSKeyArn',
    { ForecastExportJobName: 'sales', Destination: { S3Config: { Path: 's3://forecasts/sales', RoleArn: ROLE } } }, { job: true, also: ['cloudsploit:datasetExportEncrypted'] }),
  customerKey('frauddetector-no-cmk', 'AWS::FraudDetector::EncryptionKey', 'data of Fraud Detector in this region', 'KmsEncryptionKeyArn',
    { given: [{ type: 'AWS::FraudDetector::Detector', id: 'arn:aws:frauddetector:us-east-1:111122223333:detector/payments', properties: { DetectorId: 'payments' } }] },
    { when: (_key, estate) => estate.all('AWS::FraudDetector::Detector').length > 0 || estate.all('AWS::FraudDetector::EventType').length > 0,  also: ['cloudsploit:fraudDetectorDataEncrypted'] }),
  customerKey('healthlake-no-cmk', 'AWS::HealthLake::FHIRDatastore', 'health records', 'SseConfiguration/KmsEncryptionConfig/KmsKeyId',
    { DatastoreTypeVersion: 'R4', SseConfiguration: { KmsEncryptionConfig: { CmkType: 'AWS_OWNED_KMS_KEY' } } }, { severity: 'high', also: ['cloudsploit:dataStoreEncrypted'] }),
  customerKey('lookout-no-cmk', 'AWS::LookoutEquipment::InferenceScheduler', 'inferences about the equipment', 'ServerSideKmsKeyId',
    {
      InferenceSchedulerName: 'pumps', ModelName: 'pumps', RoleArn: ROLE, DataUploadFrequency: 'PT5M',
      DataInputConfiguration: { S3InputConfiguration: { Bucket: 'pumps' } }, DataOutputConfiguration: { S3OutputConfiguration: { Bucket: 'pumps' } },
    },
    { severity: 'low', also: [
      'cloudsploit:modelDataEncrypted', 'cloudsploit:anomalyDetectorEncrypted',
      'cloudsploit:equipmentdatasetEncrypted'
    ] }),
]
