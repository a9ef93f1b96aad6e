with

valued as (
    select * from {{ ref('int_indicators_valued') }}
    where in_scope
),

contributions as (
    select * from {{ ref('int_contributions_united') }}
    where import_id is not null
),

exceptions as (
    select * from {{ ref('school_exceptions') }}
),

files as (
    select
        import_id,
        file_name,
        max(file_hash) as file_hash
    from {{ source('landing', '_imports') }}
    group by import_id, file_name
),

cells as (
    select
        valued.standard_code,
        valued.indicator_code,
        'numerator' as role,
        contributions.*
    from valued
    inner join contributions
        on valued.school_year = contributions.school_year
            and valued.school_code = contributions.school_code
            and valued.stage = contributions.stage
            and valued.numerator_measure = contributions.measure
    union all by name
    select
        valued.standard_code,
        valued.indicator_code,
        'denominator' as role,
        contributions.*
    from valued
    inner join contributions
        on valued.school_year = contributions.school_year
            and valued.school_code = contributions.school_code
            and valued.stage = contributions.stage
            and valued.denominator_measure = contributions.measure
    union all by name
    select
        valued.standard_code,
        valued.indicator_code,
        'numerator' as role,
        valued.school_year,
        valued.school_code,
        valued.stage,
        valued.school_code as site_code,
        'exception' as field,
        exceptions.amount,
        1.0 as share,
        exceptions.document as file_name,
        exceptions.exception_code as column_name
    from valued
    inner join exceptions
        on valued.school_year = exceptions.school_year
            and valued.school_code = exceptions.school_code
            and valued.stage = exceptions.stage
            and list_contains(string_split(valued.exception_code, ','), exceptions.exception_code)
),

final as (
    select
        standard_code,
        school_year,
        school_code,
        stage,
        indicator_code,
        field as input,
        md5(concat_ws(
            '|', standard_code, school_year, school_code, stage, indicator_code, role, field, site_code,
            import_id, file_name, sheet_name, source_row, column_name
        )) as lineage_id,
        role,
        amount,
        share,
        site_code,
        import_id,
        file_name,
        file_hash,
        sheet_name,
        source_row as row_number,
        column_name,
        raw_value,
        coalesce(is_corrected, false) as is_corrected,
        original_value as original_amount,
        correction_reason
    from cells
    left join files using (import_id, file_name)
)

select * from final
