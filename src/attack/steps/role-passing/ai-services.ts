import { passing } from '../../family.ts'

/** Roles handed to the language, vision, search, forecasting and health services. */
export default [
  ...passing('role passing', 'braket.amazonaws.com', [
    ['PW-braket-001', 'code', 'starts a job as {role}, and runs code as it', ['braket:CreateJob']],
  ]),
  ...passing('role passing', 'omics.amazonaws.com', [
    ['PW-omics-001', 'code', 'starts a workflow as {role}, and runs code as it',
      ['omics:CreateWorkflow', 'omics:StartRun', 's3:GetObject']],
    ['AI-omics-pass-startreadsetexportjob', 'deputy', 'starts a read set export job as {role}, and has the service move data as it',
      ['omics:StartReadSetExportJob']],
  ]),
  ...passing('role passing', 'datazone.amazonaws.com', [
    ['AI-dz-assocrole', 'code', 'makes {role} the role of an environment that the attacker can use',
      ['datazone:AssociateEnvironmentRole'], 'AWS::DataZone::Environment'],
  ]),
  ...passing('role passing', 'qbusiness.amazonaws.com', [
    ['AI-qbusiness-pass-createdatasource', 'deputy', 'starts a data source as {role}, and has the service move data as it',
      ['qbusiness:CreateDataSource']],
    ['AI-qbusiness-pass-updatedatasource', 'deputy', 'gives {role} to a data source, and has the service move data as it',
      ['qbusiness:UpdateDataSource'], 'AWS::QBusiness::DataSource'],
    ['AI-qbusiness-pass-batchputdocument', 'deputy', 'starts a document batch as {role}, and has the service move data as it',
      ['qbusiness:BatchPutDocument'], 'AWS::QBusiness::Index'],
    ['AI-qbusiness-pass-createplugin', 'deputy', 'starts a plugin as {role}, and has the service move data as it',
      ['qbusiness:CreatePlugin']],
    ['AI-qbusiness-pass-updateplugin', 'deputy', 'gives {role} to a plugin, and has the service move data as it',
      ['qbusiness:UpdatePlugin'], 'AWS::QBusiness::Plugin'],
    ['AI-qbusiness-pass-createwebexperience', 'deputy', 'starts a web experience as {role}, and has the service move data as it',
      ['qbusiness:CreateWebExperience']],
    ['AI-qbusiness-pass-createretriever', 'deputy', 'starts a retriever as {role}, and has the service move data as it',
      ['qbusiness:CreateRetriever']],
  ]),
  ...passing('role passing', 'kendra.amazonaws.com', [
    ['AI-kendra-pass-createdatasource', 'deputy', 'starts a data source as {role}, and has the service move data as it',
      ['kendra:CreateDataSource'], 'AWS::Kendra::Index'],
    ['AI-kendra-pass-updatedatasource', 'deputy', 'gives {role} to a data source, and has the service move data as it',
      ['kendra:UpdateDataSource'], 'AWS::Kendra::DataSource'],
    ['AI-kendra-pass-batchputdocument', 'deputy', 'starts a document batch as {role}, and has the service move data as it',
      ['kendra:BatchPutDocument'], 'AWS::Kendra::Index'],
    ['AI-kendra-pass-createfaq', 'deputy', 'starts a faq as {role}, and has the service move data as it',
      ['kendra:CreateFaq'], 'AWS::Kendra::Index'],
  ]),
  ...passing('role passing', 'comprehend.amazonaws.com', [
    ['AI-comprehend-pass-startentitiesdetectionjob', 'deputy', 'starts an entities detection job as {role}, and has the service move data as it',
      ['comprehend:StartEntitiesDetectionJob']],
    ['AI-comprehend-pass-createdocumentclassifier', 'deputy', 'starts a document classifier as {role}, and has the service move data as it',
      ['comprehend:CreateDocumentClassifier']],
    ['AI-comprehend-pass-createflywheel', 'deputy', 'starts a flywheel as {role}, and has the service move data as it',
      ['comprehend:CreateFlywheel']],
    ['AI-comprehend-pass-importmodel', 'deputy', 'starts a model as {role}, and has the service move data as it',
      ['comprehend:ImportModel']],
  ]),
  ...passing('role passing', 'transcribe.amazonaws.com', [
    ['AI-transcribe-pass-starttranscriptionjob', 'deputy', 'starts a transcription job as {role}, and has the service move data as it',
      ['transcribe:StartTranscriptionJob']],
    ['AI-transcribe-pass-createlanguagemodel', 'deputy', 'starts a language model as {role}, and has the service move data as it',
      ['transcribe:CreateLanguageModel']],
  ]),
  ...passing('role passing', 'personalize.amazonaws.com', [
    ['AI-personalize-pass-createdatasetimportjob', 'deputy', 'starts a dataset import job as {role}, and has the service move data as it',
      ['personalize:CreateDatasetImportJob']],
    ['AI-personalize-pass-createdatasetexportjob', 'deputy', 'starts a dataset export job as {role}, and has the service move data as it',
      ['personalize:CreateDatasetExportJob']],
    ['AI-personalize-pass-createbatchinferencejob', 'deputy', 'starts a batch inference job as {role}, and has the service move data as it',
      ['personalize:CreateBatchInferenceJob']],
  ]),
  ...passing('role passing', 'forecast.amazonaws.com', [
    ['AI-forecast-pass-createdatasetimportjob', 'deputy', 'starts a dataset import job as {role}, and has the service move data as it',
      ['forecast:CreateDatasetImportJob']],
    ['AI-forecast-pass-createforecastexportjob', 'deputy', 'starts a forecast export job as {role}, and has the service move data as it',
      ['forecast:CreateForecastExportJob']],
  ]),
  ...passing('role passing', 'frauddetector.amazonaws.com', [
    ['AI-frauddetector-pass-createbatchimportjob', 'deputy', 'starts a batch import job as {role}, and has the service move data as it',
      ['frauddetector:CreateBatchImportJob']],
    ['AI-frauddetector-pass-putexternalmodel', 'deputy', 'starts an external model as {role}, and has the service move data as it',
      ['frauddetector:PutExternalModel']],
  ]),
  ...passing('role passing', 'translate.amazonaws.com', [
    ['AI-translate-pass-starttexttranslationjob', 'deputy', 'starts a text translation job as {role}, and has the service move data as it',
      ['translate:StartTextTranslationJob']],
  ]),
  ...passing('role passing', 'rekognition.amazonaws.com', [
    ['AI-rekognition-pass-createstreamprocessor', 'deputy', 'starts a stream processor as {role}, and has the service move data as it',
      ['rekognition:CreateStreamProcessor']],
  ]),
  ...passing('role passing', 'healthlake.amazonaws.com', [
    ['AI-healthlake-pass-startfhirexportjob', 'deputy', 'starts a FHIR export job as {role}, and has the service move data as it',
      ['healthlake:StartFHIRExportJob']],
  ]),
  ...passing('role passing', 'sagemaker-geospatial.amazonaws.com', [
    ['AI-sagemaker-geospatial-pass-startearthobservationjob', 'deputy', 'starts an earth observation job as {role}, and has the service move data as it',
      ['sagemaker-geospatial:StartEarthObservationJob']],
    ['AI-sagemaker-geospatial-pass-exportearthobservationjob', 'deputy', 'starts an earth observation job as {role}, and has the service move data as it',
      ['sagemaker-geospatial:ExportEarthObservationJob']],
  ]),
  ...passing('role passing', 'rds.amazonaws.com', [
    ['AI-neptune-db-pass-startmlmodeltrainingjob', 'deputy', 'starts a ML model training job as {role}, and has the service move data as it',
      ['neptune-db:StartMLModelTrainingJob']],
  ]),
  ...passing('role passing', 'lexv2.amazonaws.com', [
    ['AI-lex-pass-createbot', 'deputy', 'starts a bot as {role}, and has the service move data as it', ['lex:CreateBot']],
    ['AI-lex-pass-updatebot', 'deputy', 'gives {role} to a bot, and has the service move data as it',
      ['lex:UpdateBot'], 'AWS::Lex::Bot'],
  ]),
]
